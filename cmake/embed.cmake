# wirecopy_embed(module header constant file): a file of engine/<module> becomes a std::string_view, declared in the header.
# Run as a script (cmake -P), this file writes one such source.
if(CMAKE_SCRIPT_MODE_FILE)
  file(READ "${INPUT}" content)
  file(WRITE "${OUTPUT}" "#include \"${HEADER}\"\n\nnamespace wirecopy {\n\n"
       "const std::string_view ${CONSTANT} = R\"tsv(${content})tsv\";\n\n}  // namespace wirecopy\n")
  return()
endif()

set(WIRECOPY_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_FILE})
function(wirecopy_embed module header constant file)
  set(input ${PROJECT_SOURCE_DIR}/engine/${module}/${file})
  set(output ${PROJECT_BINARY_DIR}/embedded/${module}_${constant}.cpp)
  add_custom_command(OUTPUT ${output} DEPENDS ${input} ${WIRECOPY_EMBED_SCRIPT}
    COMMAND ${CMAKE_COMMAND} -DINPUT=${input} -DOUTPUT=${output} -DHEADER=${module}/${header} -DCONSTANT=${constant}
            -P ${WIRECOPY_EMBED_SCRIPT})
  target_sources(wirecopy_${module} PRIVATE ${output})
endfunction()
