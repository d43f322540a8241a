# Every dependency is a Debian package (scripts/setup installs them); those without a CMake package get a target here.
find_package(TBB CONFIG REQUIRED)
find_package(simdjson CONFIG REQUIRED)
find_package(fmt CONFIG REQUIRED)
find_package(zstd CONFIG REQUIRED)
find_package(Threads REQUIRED)
if(WIRECOPY_BUILD_COMMAND OR WIRECOPY_BUILD_BENCH)
  find_package(CLI11 CONFIG REQUIRED)
endif()

if(NOT TARGET zstd::libzstd)
  add_library(zstd::libzstd ALIAS zstd::libzstd_shared)
endif()

function(wirecopy_find_library name header library)
  find_path(${name}_INCLUDE_DIR ${header})
  find_library(${name}_LIBRARY ${library})
  mark_as_advanced(${name}_INCLUDE_DIR ${name}_LIBRARY)
  if(${name}_INCLUDE_DIR AND ${name}_LIBRARY)
    add_library(wirecopy::${name} UNKNOWN IMPORTED)
    set_target_properties(wirecopy::${name} PROPERTIES IMPORTED_LOCATION "${${name}_LIBRARY}"
                          INTERFACE_INCLUDE_DIRECTORIES "${${name}_INCLUDE_DIR}")
  endif()
endfunction()

wirecopy_find_library(utf8proc utf8proc.h utf8proc)
if(NOT TARGET wirecopy::utf8proc)
  message(FATAL_ERROR "utf8proc is missing: run scripts/setup")
endif()

wirecopy_find_library(rocksdb rocksdb/db.h rocksdb)
if(NOT TARGET wirecopy::rocksdb)
  message(FATAL_ERROR "RocksDB is missing: run scripts/setup")
endif()

# xxHash is used inline, so only its header is needed.
find_path(xxhash_INCLUDE_DIR xxhash.h REQUIRED)
mark_as_advanced(xxhash_INCLUDE_DIR)
add_library(wirecopy_xxhash INTERFACE)
add_library(wirecopy::xxhash ALIAS wirecopy_xxhash)
target_include_directories(wirecopy_xxhash SYSTEM INTERFACE ${xxhash_INCLUDE_DIR})

# gzip: ISA-L where the machine has it (three times as fast), zlib otherwise.
wirecopy_find_library(isal isa-l/igzip_lib.h isal)
add_library(wirecopy_inflate INTERFACE)
add_library(wirecopy::inflate ALIAS wirecopy_inflate)
if(TARGET wirecopy::isal AND NOT WIRECOPY_WITHOUT_ISAL)
  target_link_libraries(wirecopy_inflate INTERFACE wirecopy::isal)
  target_compile_definitions(wirecopy_inflate INTERFACE WIRECOPY_HAVE_ISAL=1)
else()
  find_package(ZLIB REQUIRED)
  target_link_libraries(wirecopy_inflate INTERFACE ZLIB::ZLIB)
endif()
