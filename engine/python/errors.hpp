// wirecopy::Error, as Python sees it.
#pragma once

namespace wirecopy::python {

/// From now on wirecopy::Error is raised as the class of wirecopy._errors that its kind names.
void register_errors();

}  // namespace wirecopy::python
