# The libraries of others, and which room may link which. Their headers are system headers: our warnings are for us.

find_package(GTest QUIET)
pkg_check_modules(fmt REQUIRED IMPORTED_TARGET fmt)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(openssl REQUIRED IMPORTED_TARGET libcrypto)
pkg_check_modules(simdjson REQUIRED IMPORTED_TARGET simdjson)
pkg_check_modules(icu REQUIRED IMPORTED_TARGET icu-i18n icu-uc)
pkg_check_modules(archive REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(zlib REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(lzma REQUIRED IMPORTED_TARGET liblzma)
pkg_check_modules(poppler REQUIRED IMPORTED_TARGET poppler-cpp)
pkg_check_modules(pugixml REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(uchardet REQUIRED IMPORTED_TARGET uchardet)
pkg_check_modules(images REQUIRED IMPORTED_TARGET libpng libtiff-4 libwebp libheif libexif)
pkg_check_modules(jpeg REQUIRED IMPORTED_TARGET libjpeg)
pkg_check_modules(lept REQUIRED IMPORTED_TARGET lept)
pkg_check_modules(qpdf REQUIRED IMPORTED_TARGET libqpdf)
pkg_check_modules(tesseract REQUIRED IMPORTED_TARGET tesseract lept)
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib)
pkg_check_modules(zxing REQUIRED IMPORTED_TARGET zxing)
pkg_check_modules(cairo REQUIRED IMPORTED_TARGET cairo cairo-ft freetype2)

# qpdf 11 asks every user to say that std::shared_ptr is understood.
target_compile_definitions(PkgConfig::qpdf INTERFACE POINTERHOLDER_TRANSITION=4)

set(libraries_base PkgConfig::fmt PkgConfig::openssl PkgConfig::simdjson)
set(libraries_crypto PkgConfig::sodium)
set(libraries_reference PkgConfig::icu)
set(libraries_wire Threads::Threads)
set(libraries_pixels PkgConfig::zlib PkgConfig::poppler PkgConfig::qpdf PkgConfig::images PkgConfig::jpeg PkgConfig::lept)
set(libraries_unpack PkgConfig::archive PkgConfig::zlib PkgConfig::lzma bz2 PkgConfig::pugixml PkgConfig::uchardet
    PkgConfig::icu)
set(libraries_read PkgConfig::tesseract PkgConfig::zxing PkgConfig::icu cld2)
set(libraries_store sqlite3mc)
set(libraries_search sqlite3mc)
set(libraries_resolve PkgConfig::icu)
set(libraries_desk Threads::Threads)
set(libraries_serve PkgConfig::httplib Threads::Threads)

# Under C++20 clang 14 refuses qpdf's headers (src/pixels/pdf_structure.h says why).
set_source_files_properties(${CMAKE_SOURCE_DIR}/src/pixels/pdf_structure.cc PROPERTIES COMPILE_OPTIONS -std=c++17)

# careo_libraries(ROOM KIND): links what the table above grants the room.
function(careo_libraries room kind)
  if(DEFINED libraries_${room})
    target_link_libraries(room_${room} ${kind} ${libraries_${room}})
  endif()
endfunction()
