# How a module of the engine becomes object files, a unit test program and a part of the library.

function(wirecopy_glob out)
  list(TRANSFORM ARGN PREPEND "${PROJECT_SOURCE_DIR}/" OUTPUT_VARIABLE folders)
  list(TRANSFORM folders APPEND "/*.cpp")
  file(GLOB found CONFIGURE_DEPENDS ${folders})
  set(${out} ${found} PARENT_SCOPE)
endfunction()

# wirecopy_internal: what every file of ours is compiled with, tests and benchmarks included.
add_library(wirecopy_internal INTERFACE)
target_include_directories(wirecopy_internal INTERFACE ${PROJECT_SOURCE_DIR}/engine ${PROJECT_SOURCE_DIR}/include)
target_compile_options(wirecopy_internal INTERFACE -Wall -Wextra -Wshadow -Wnon-virtual-dtor)
target_compile_definitions(wirecopy_internal INTERFACE WIRECOPY_VERSION="${PROJECT_VERSION}")
if(CMAKE_BUILD_TYPE STREQUAL Release)
  target_compile_options(wirecopy_internal INTERFACE -O3)
endif()
if(WIRECOPY_SANITIZE)
  target_compile_options(wirecopy_internal INTERFACE -fsanitize=${WIRECOPY_SANITIZE} -fno-omit-frame-pointer
                         -fno-sanitize-recover=all)
  target_link_options(wirecopy_internal INTERFACE -fsanitize=${WIRECOPY_SANITIZE})
endif()

# wirecopy_module(name USES other modules... LIBRARIES targets...): the objects of engine/<name>.
function(wirecopy_module name)
  cmake_parse_arguments(arg "" "" "USES;LIBRARIES" ${ARGN})
  wirecopy_glob(sources engine/${name})
  set(closure ${name})
  foreach(used ${arg_USES})
    list(APPEND closure ${WIRECOPY_CLOSURE_${used}})
  endforeach()
  list(REMOVE_DUPLICATES closure)
  set(WIRECOPY_CLOSURE_${name} ${closure} PARENT_SCOPE)

  add_library(wirecopy_${name}_libraries INTERFACE)
  target_link_libraries(wirecopy_${name}_libraries INTERFACE ${arg_LIBRARIES})
  foreach(used ${arg_USES})
    target_link_libraries(wirecopy_${name}_libraries INTERFACE wirecopy_${used}_libraries)
  endforeach()
  if(sources)
    add_library(wirecopy_${name} OBJECT EXCLUDE_FROM_ALL ${sources})
    set_target_properties(wirecopy_${name} PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
    target_link_libraries(wirecopy_${name} PRIVATE wirecopy_internal wirecopy_${name}_libraries)
  endif()
endfunction()

function(wirecopy_module_objects out)
  set(objects)
  foreach(module ${ARGN})
    if(TARGET wirecopy_${module})
      list(APPEND objects $<TARGET_OBJECTS:wirecopy_${module}>)
    endif()
  endforeach()
  set(${out} ${objects} PARENT_SCOPE)
endfunction()

# wirecopy_library(target STATIC|SHARED modules...): libwirecopy, out of all their objects.
function(wirecopy_library target kind)
  wirecopy_module_objects(objects ${ARGN})
  add_library(${target} ${kind} ${objects})
  # Before 1.0 any minor version may change the binary interface.
  set_target_properties(${target} PROPERTIES OUTPUT_NAME wirecopy EXPORT_NAME wirecopy LINKER_LANGUAGE CXX
                        VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>)
  target_compile_features(${target} PUBLIC cxx_std_20)
  list(TRANSFORM ARGN REPLACE "(.+)" "wirecopy_\\1_libraries" OUTPUT_VARIABLE libraries)
  target_link_libraries(${target} PRIVATE "$<BUILD_INTERFACE:${libraries};Threads::Threads>")
  if(kind STREQUAL SHARED)
    set(exports ${PROJECT_SOURCE_DIR}/cmake/exports.map)
    target_link_options(${target} PRIVATE LINKER:--version-script=${exports})
    set_target_properties(${target} PROPERTIES LINK_DEPENDS ${exports})
  else()
    # What a program needs beside an installed libwirecopy.a; cmake/wirecopyConfig.cmake.in finds it.
    target_link_libraries(${target} INTERFACE $<INSTALL_INTERFACE:wirecopy::libraries>)
  endif()
endfunction()

# wirecopy_module_program(target module sources...): a test or benchmark of one module, linked with that module and
# those it uses, so that a module can be worked on while another does not compile.
function(wirecopy_module_program target module)
  wirecopy_module_objects(objects ${WIRECOPY_CLOSURE_${module}})
  add_executable(${target} ${ARGN} ${objects})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${target} PRIVATE wirecopy_internal wirecopy_${module}_libraries Threads::Threads)
endfunction()
