# The desk's page: web/ built by Vite, each file gzip-compressed into the program by .incbin.

# careo_web(ROOM): the built page becomes part of that room; src/serve/assets.h reads it.
function(careo_web room)
  find_program(CAREO_NODE NAMES node nodejs REQUIRED)
  file(GLOB_RECURSE pages CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/src/*)
  set(generated ${CMAKE_BINARY_DIR}/generated/assets.cc)
  add_custom_command(OUTPUT ${generated}
    COMMAND ${CMAKE_SOURCE_DIR}/web/build.sh ${CAREO_NODE} ${CMAKE_BINARY_DIR}/web ${generated}
    DEPENDS ${pages} ${CMAKE_SOURCE_DIR}/web/build.sh ${CMAKE_SOURCE_DIR}/web/pack.mjs ${CMAKE_SOURCE_DIR}/web/index.html
            ${CMAKE_SOURCE_DIR}/web/vite.config.mjs ${CMAKE_SOURCE_DIR}/web/package-lock.json
    COMMENT "Building the desk's page")
  target_sources(room_${room} PRIVATE ${generated})
endfunction()
