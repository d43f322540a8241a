# What `cmake --install` puts where, in three components: Command, Runtime (the shared library) and Development (headers,
# libraries to link with, what find_package and pkg-config read). All of it may be moved, and installed under DESTDIR.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# What a program needs beside libwirecopy.a and has no CMake package everywhere.
set(WIRECOPY_PLAIN_LIBRARIES utf8proc rocksdb bz2 lzma lz4 z)
if(TARGET wirecopy::isal AND NOT WIRECOPY_WITHOUT_ISAL)
  set(WIRECOPY_PLAIN_LIBRARIES utf8proc rocksdb bz2 lzma lz4 isal)
endif()
get_target_property(WIRECOPY_ZSTD_TARGET zstd::libzstd ALIASED_TARGET)
if(NOT WIRECOPY_ZSTD_TARGET)
  set(WIRECOPY_ZSTD_TARGET zstd::libzstd)
endif()

set(package ${CMAKE_INSTALL_LIBDIR}/cmake/wirecopy)
set(generated ${PROJECT_BINARY_DIR}/package)

set(kinds)
if(TARGET wirecopy_shared)
  list(APPEND kinds shared)
endif()
if(NOT BUILD_SHARED_LIBS)
  list(APPEND kinds static)
endif()
foreach(kind ${kinds})
  set(target wirecopy)
  if(kind STREQUAL shared)
    set(target wirecopy_shared)
  endif()
  install(TARGETS ${target} EXPORT wirecopy-${kind}
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Runtime NAMELINK_COMPONENT Development
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT Development
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(EXPORT wirecopy-${kind} NAMESPACE wirecopy:: DESTINATION ${package} COMPONENT Development)
endforeach()
install(DIRECTORY include/wirecopy DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT Development FILES_MATCHING PATTERN *.hpp)

configure_package_config_file(cmake/wirecopyConfig.cmake.in ${generated}/wirecopyConfig.cmake INSTALL_DESTINATION ${package})
write_basic_package_version_file(${generated}/wirecopyConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${generated}/wirecopyConfig.cmake ${generated}/wirecopyConfigVersion.cmake DESTINATION ${package}
  COMPONENT Development)

# Not Requires.private: pkg-config would ask programs that use the shared library for it, too.
list(TRANSFORM WIRECOPY_PLAIN_LIBRARIES PREPEND -l OUTPUT_VARIABLE WIRECOPY_PC_LIBRARIES)
list(PREPEND WIRECOPY_PC_LIBRARIES -ltbb -lsimdjson -lfmt -lzstd)
list(JOIN WIRECOPY_PC_LIBRARIES " " WIRECOPY_PC_LIBRARIES)
cmake_path(APPEND CMAKE_INSTALL_LIBDIR pkgconfig OUTPUT_VARIABLE pc_folder)
set(WIRECOPY_PREFIX_FROM_PC ${CMAKE_INSTALL_PREFIX})
cmake_path(RELATIVE_PATH WIRECOPY_PREFIX_FROM_PC BASE_DIRECTORY ${CMAKE_INSTALL_PREFIX}/${pc_folder})
set(WIRECOPY_PC_LIBDIR "\${prefix}")
cmake_path(APPEND WIRECOPY_PC_LIBDIR ${CMAKE_INSTALL_LIBDIR})
set(WIRECOPY_PC_INCLUDEDIR "\${prefix}")
cmake_path(APPEND WIRECOPY_PC_INCLUDEDIR ${CMAKE_INSTALL_INCLUDEDIR})
configure_file(cmake/wirecopy.pc.in ${generated}/wirecopy.pc @ONLY)
install(FILES ${generated}/wirecopy.pc DESTINATION ${pc_folder} COMPONENT Development)

if(TARGET wirecopy_command)
  install(TARGETS wirecopy_command RUNTIME COMPONENT Command)
  install(FILES ${documents}/wirecopy.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT Command)
  install(FILES ${documents}/wirecopy.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
    RENAME wirecopy COMPONENT Command)
  install(FILES ${documents}/_wirecopy DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions COMPONENT Command)
  install(FILES ${documents}/wirecopy.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT Command)
endif()
