# SQLite with page encryption: the amalgamation inside npm's better-sqlite3-multiple-ciphers, pinned and checked by
# deps/package-lock.json (`./dev` unpacks it to deps/node_modules). Compiled once, by ccache, without our warnings:
# 91 CPU-seconds.
set(sqlite_dir ${CMAKE_SOURCE_DIR}/deps/node_modules/better-sqlite3-multiple-ciphers/deps/sqlite3)
if(NOT EXISTS ${sqlite_dir}/sqlite3.c)
  message(FATAL_ERROR "careo: SQLite is not there; run ./dev build, which fetches it from npm by name")
endif()
add_library(sqlite3mc STATIC ${sqlite_dir}/sqlite3.c)
target_include_directories(sqlite3mc SYSTEM PUBLIC ${sqlite_dir})
target_compile_options(sqlite3mc PRIVATE -O2 -w -maes -msse4.2 -mpclmul)
target_compile_definitions(sqlite3mc PUBLIC SQLITE_ENABLE_FTS5 SQLITE_THREADSAFE=2 SQLITE_TEMP_STORE=3
  SQLITE_DQS=0 SQLITE_OMIT_LOAD_EXTENSION SQLITE_DEFAULT_MEMSTATUS=0 SQLITE_ENABLE_DBPAGE_VTAB CODEC_TYPE=CODEC_TYPE_AEGIS)
target_link_libraries(sqlite3mc PUBLIC Threads::Threads m)
