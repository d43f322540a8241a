// Translation of wirecopy::Error to Python exceptions.
#pragma once

namespace wirecopy::python {

/// Makes wirecopy::Error raise the class of wirecopy._errors that corresponds to its kind.
void register_errors();

}  // namespace wirecopy::python
