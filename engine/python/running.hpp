// Runs the engine from Python: without the GIL, and interruptible by Ctrl-C.
#pragma once

#include <nanobind/nanobind.h>

#include <functional>
#include <stop_token>

namespace wirecopy::python {

namespace nb = nanobind;

/// Throws the exception raised by a signal handler, such as KeyboardInterrupt. Requires the GIL.
inline void check_signals() {
  if (PyErr_CheckSignals() != 0) throw nb::python_error();
}

/// Runs `work` without the GIL in a separate thread. Meanwhile, the calling thread checks for signals twenty times a
/// second. If a signal handler raises, a stop is requested, and the exception is thrown when the work has ended. Python
/// handles signals only in its main thread: if called from another thread, the work always runs to its end.
void run_interruptibly(const std::function<void(std::stop_token)>& work);

/// Runs short work without the GIL in the calling thread.
template <typename Work>
auto without_gil(const Work& work) {
  const nb::gil_scoped_release released;
  return work();
}

}  // namespace wirecopy::python
