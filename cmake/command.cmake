# The command, glue over the library and the modules beside it, and what the command says about itself.
wirecopy_glob(cli_sources engine/cli)
wirecopy_module_objects(tools ${WIRECOPY_TOOLS})
add_executable(wirecopy_command ${cli_sources} ${tools})
set_target_properties(wirecopy_command PROPERTIES OUTPUT_NAME wirecopy)
list(TRANSFORM WIRECOPY_TOOLS REPLACE "(.+)" "wirecopy_\\1_libraries" OUTPUT_VARIABLE tool_libraries)
target_link_libraries(wirecopy_command PRIVATE wirecopy wirecopy_internal ${tool_libraries} CLI11::CLI11 fmt::fmt)

# The manual page and the shells' completion come out of the command itself, so they are never out of date.
set(documents ${PROJECT_BINARY_DIR}/documents)
set(wirecopy_documents)
foreach(document "wirecopy.1 manual" "wirecopy.bash completion bash" "_wirecopy completion zsh" "wirecopy.fish completion fish")
  separate_arguments(arguments UNIX_COMMAND ${document})
  list(POP_FRONT arguments file)
  add_custom_command(OUTPUT ${documents}/${file} DEPENDS wirecopy_command VERBATIM
    COMMAND ${CMAKE_COMMAND} -E make_directory ${documents}
    COMMAND sh -c "\"$0\" \"$@\" > ${documents}/${file}" $<TARGET_FILE:wirecopy_command> ${arguments})
  list(APPEND wirecopy_documents ${documents}/${file})
endforeach()
add_custom_target(documents ALL DEPENDS ${wirecopy_documents})
