# The Debian package: careo, its worker, help for the terminal. `./dev deb` builds it.
install(TARGETS careo RUNTIME DESTINATION bin)
install(TARGETS careo-worker RUNTIME DESTINATION lib/careo)
install(TARGETS sample-leak RUNTIME DESTINATION lib/careo)  # the demo case of the desk
install(FILES ${CMAKE_SOURCE_DIR}/packaging/careo.desktop DESTINATION share/applications)
install(FILES ${CMAKE_SOURCE_DIR}/web/public/icon.svg DESTINATION share/icons/hicolor/scalable/apps RENAME careo.svg)
install(FILES ${CMAKE_SOURCE_DIR}/packaging/copyright DESTINATION share/doc/careo)
find_program(gzip_program gzip REQUIRED)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/changelog.gz ${CMAKE_BINARY_DIR}/NEWS.md.gz
  COMMAND ${gzip_program} -9nc ${CMAKE_SOURCE_DIR}/packaging/changelog > ${CMAKE_BINARY_DIR}/changelog.gz
  COMMAND ${gzip_program} -9nc ${CMAKE_SOURCE_DIR}/CHANGELOG.md > ${CMAKE_BINARY_DIR}/NEWS.md.gz
  DEPENDS ${CMAKE_SOURCE_DIR}/packaging/changelog ${CMAKE_SOURCE_DIR}/CHANGELOG.md)
add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/careo.1.gz
  COMMAND ${CMAKE_SOURCE_DIR}/packaging/man.sh $<TARGET_FILE:careo> ${PROJECT_VERSION} | ${gzip_program} -9nc > ${CMAKE_BINARY_DIR}/careo.1.gz
  DEPENDS careo ${CMAKE_SOURCE_DIR}/packaging/man.sh)
add_custom_target(package_parts ALL DEPENDS careo careo-worker ${CMAKE_BINARY_DIR}/changelog.gz ${CMAKE_BINARY_DIR}/careo.1.gz)
install(FILES ${CMAKE_BINARY_DIR}/changelog.gz ${CMAKE_BINARY_DIR}/NEWS.md.gz DESTINATION share/doc/careo)
install(FILES ${CMAKE_BINARY_DIR}/careo.1.gz DESTINATION share/man/man1)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME careo)
set(CPACK_PACKAGE_VENDOR "the careo project")
set(CPACK_PACKAGE_CONTACT "the careo project <careo@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "turns a leak, and what is said about it, into what the leak shows")
set(CPACK_PACKAGE_DESCRIPTION "careo reads a leaked mailbox, archives, scans and photographs into one\nencrypted case, offline, accounts for every byte, reads identity documents,\ncounts distinct persons with bounds, and confronts public statements with\nthe evidence.")
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "poppler-data, tesseract-ocr-eng, tesseract-ocr-spa, tesseract-ocr-rus, tesseract-ocr-ukr")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "xdg-utils, fonts-ocr-b, fonts-dejavu-core")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
include(CPack)
