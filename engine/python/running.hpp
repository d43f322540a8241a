// How the engine runs under Python: without the GIL, and so that Ctrl-C ends it.
#pragma once

#include <nanobind/nanobind.h>

#include <functional>
#include <stop_token>

namespace wirecopy::python {

namespace nb = nanobind;

/// Raises what a signal handler raised, such as KeyboardInterrupt. With the GIL.
inline void check_signals() {
  if (PyErr_CheckSignals() != 0) throw nb::python_error();
}

/// Runs work without the GIL, in a thread of its own; meanwhile the calling one waits and looks for signals twenty
/// times a second. A signal whose handler raises stops the work, and the exception comes out of here once it has ended.
/// Python handles signals in its main thread only: called from another one, the work runs to its end.
void run_interruptibly(const std::function<void(std::stop_token)>& work);

/// For what is over in a moment: runs it without the GIL in the calling thread.
template <typename Work>
auto without_gil(const Work& work) {
  const nb::gil_scoped_release released;
  return work();
}

}  // namespace wirecopy::python
