// SPDX-License-Identifier: Apache-2.0
#include "unpack/sniff.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"
#include "pixels/image.h"

namespace careo {
namespace {

using std::string_view_literals::operator""sv;

struct Magic {
  std::size_t at;
  std::string_view bytes;
  std::string_view type;
};

/// Longest and most certain first; pictures are known by pixels/image.h.
constexpr std::array Magics = {
    Magic{0, "PK\x03\x04"sv, "application/zip"},
    Magic{0, "PK\x05\x06"sv, "application/zip"},            // an empty archive
    Magic{0, "PK\x07\x08PK\x03\x04"sv, "application/zip"},  // first of a spanned one
    Magic{0, "PK00PK\x03\x04"sv, "application/zip"},
    Magic{0, "7z\xbc\xaf\x27\x1c"sv, "application/x-7z-compressed"},
    Magic{0, "Rar!\x1a\x07\x01\x00"sv, "application/vnd.rar"},
    Magic{0, "Rar!\x1a\x07\x00"sv, "application/vnd.rar"},
    Magic{0, "\x1f\x8b"sv, "application/gzip"},
    Magic{0, "\xfd\x37zXZ\0"sv, "application/x-xz"},
    Magic{0, "BZh"sv, "application/x-bzip2"},
    Magic{0, "\x28\xb5\x2f\xfd"sv, "application/zstd"},
    Magic{0, "\x1f\x9d"sv, "application/x-compress"},
    Magic{0, "LZIP"sv, "application/x-lzip"},
    Magic{0, "\x04\x22\x4d\x18"sv, "application/x-lz4"},
    Magic{0, "\x02\x21\x4c\x18"sv, "application/x-lz4"},  // the older frame
    Magic{0, "\x89LZO\0\r\n\x1a\n"sv, "application/x-lzop"},
    Magic{0, "MSCF\0\0\0\0"sv, "application/vnd.ms-cab-compressed"},
    Magic{0, "070701"sv, "application/x-cpio"},
    Magic{0, "070702"sv, "application/x-cpio"},
    Magic{0, "070707"sv, "application/x-cpio"},
    Magic{0, "\xc7\x71"sv, "application/x-cpio"},
    Magic{0, "!<arch>\n"sv, "application/x-archive"},
    Magic{0, "xar!"sv, "application/x-xar"},
    Magic{0, "WARC/"sv, "application/warc"},
    Magic{2, "-lh"sv, "application/x-lha"},
    Magic{2, "-lz"sv, "application/x-lha"},
    Magic{257, "ustar"sv, "application/x-tar"},
    Magic{32769, "CD001"sv, "application/x-iso9660-image"},
    Magic{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "application/x-ole-storage"},
    Magic{0, "{\\rtf"sv, "application/rtf"},
    Magic{0, "!BDN"sv, "application/vnd.ms-outlook-pst"},
    Magic{0, "\x78\x9f\x3e\x22"sv, "application/ms-tnef"},
    Magic{0, "SQLite format 3\0"sv, "application/vnd.sqlite3"},
    Magic{0, "\x37\x7f\x06\x82"sv, "application/x-sqlite3-wal"},
    Magic{0, "\x37\x7f\x06\x83"sv, "application/x-sqlite3-wal"},
    Magic{0, "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"sv, "application/x-sqlite3-journal"},
    Magic{0, "%!PS"sv, "application/postscript"},
    Magic{0, "AT&TFORM"sv, "image/vnd.djvu"},
    Magic{0, "8BPS"sv, "image/vnd.adobe.photoshop"},
    Magic{0, "\xd7\xcd\xc6\x9a"sv, "image/wmf"},
    Magic{40, " EMF"sv, "image/emf"},
    Magic{0, "\0\0\x01\0"sv, "image/vnd.microsoft.icon"},
    Magic{0, "MZ"sv, "application/vnd.microsoft.portable-executable"},
    Magic{0,
          "\x7f"
          "ELF"sv,
          "application/x-elf"},
    Magic{0, "ITSF"sv, "application/vnd.ms-htmlhelp"},
    Magic{0, "\xffWPC"sv, "application/vnd.wordperfect"},
    Magic{0, "\x00\x01\x00\x00Standard Jet DB"sv, "application/vnd.ms-access"},
    Magic{0, "\x00\x01\x00\x00Standard ACE DB"sv, "application/vnd.ms-access"},
    Magic{0, "OggS"sv, "audio/ogg"},
    Magic{0, "fLaC"sv, "audio/flac"},
    Magic{0, "ID3"sv, "audio/mpeg"},
    Magic{0, "#!AMR"sv, "audio/amr"},
    Magic{8, "WAVE"sv, "audio/wav"},
    Magic{8, "AVI LIST"sv, "video/x-msvideo"},
    Magic{0, "\x1a\x45\xdf\xa3"sv, "video/x-matroska"},
    Magic{0, "FLV\x01"sv, "video/x-flv"},
    Magic{0, "\x30\x26\xb2\x75\x8e\x66\xcf\x11"sv, "video/x-ms-asf"},
    Magic{0, "\x00\x00\x01\xba"sv, "video/mpeg"},
    Magic{4, "ftypqt  "sv, "video/quicktime"},
    Magic{4, "ftypM4A"sv, "audio/mp4"},
    Magic{4, "ftyp3gp"sv, "video/3gpp"},
    Magic{4, "ftyp"sv, "video/mp4"},
    Magic{4, "moov"sv, "video/quicktime"},
    Magic{4, "mdat"sv, "video/quicktime"},
    Magic{0, "\xcf\xfa\xed\xfe"sv, "application/x-mach-binary"},
    Magic{0, "\xca\xfe\xba\xbe"sv, "application/java-vm"},
    Magic{0, "-----BEGIN PGP MESSAGE"sv, "application/pgp-encrypted"},
    Magic{0, "wOFF"sv, "font/woff"},
    Magic{0, "wOF2"sv, "font/woff2"},
    Magic{0, "OTTO"sv, "font/otf"},
    Magic{0, "\0\x01\0\0\0"sv, "font/ttf"},
};

/// Names in the local headers of a package's first members, and what they make it. ODF and EPUB come first: their
/// first member is `mimetype`, stored, so its content stands in plain sight.
constexpr std::array ZipKinds = {
    Magic{0, "mimetypeapplication/vnd.oasis.opendocument.text"sv, "application/vnd.oasis.opendocument.text"},
    Magic{0, "mimetypeapplication/vnd.oasis.opendocument.spreadsheet"sv,
          "application/vnd.oasis.opendocument.spreadsheet"},
    Magic{0, "mimetypeapplication/vnd.oasis.opendocument.presentation"sv,
          "application/vnd.oasis.opendocument.presentation"},
    Magic{0, "mimetypeapplication/vnd.oasis.opendocument"sv, "application/vnd.oasis.opendocument"},
    Magic{0, "mimetypeapplication/epub+zip"sv, "application/epub+zip"},
    Magic{0, "word/"sv, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    Magic{0, "xl/"sv, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    Magic{0, "ppt/"sv, "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    Magic{0, "META-INF/MANIFEST.MF"sv, "application/java-archive"},
};

std::uint32_t le(std::string_view text, std::size_t at, std::size_t count) {
  std::uint32_t out = 0;
  for (std::size_t i = count; i-- > 0;) out = out << 8U | static_cast<std::uint8_t>(text[at + i]);
  return out;
}

/// Looks only at the names of local headers, member by member, so that a ZIP which merely holds a DOCX stays a ZIP.
std::string_view kind_of_zip(std::string_view head) {
  constexpr std::string_view Mark = "PK\x03\x04"sv;
  bool package = false;
  std::string_view found;
  for (std::size_t at = head.find(Mark); at != head.npos && at + 30 <= head.size();) {
    const std::size_t length = le(head, at + 26, 2);
    const std::string_view name = head.substr(at + 30, length);
    const std::string_view behind = head.substr(at + 30, 80);
    package = package || name == "[Content_Types].xml" || name == "_rels/.rels" || name.starts_with("docProps/");
    for (const Magic& kind : ZipKinds) {
      if (found.empty() && behind.starts_with(kind.bytes)) found = kind.type;
    }
    // Sizes that follow the data (flag 8) leave nothing but to look for the next mark.
    const bool streamed = (le(head, at + 6, 2) & 8U) != 0;
    const std::size_t next = at + 30 + length + le(head, at + 28, 2) + (streamed ? 0 : le(head, at + 18, 4));
    at = next < head.size() ? head.find(Mark, next) : head.npos;
  }
  // "word/" alone is a folder like any other.
  if (found.starts_with("application/vnd.openxmlformats") && !package) return "application/zip";
  return found.empty() ? "application/zip"sv : found;
}

/// Stream names are UTF-16LE in the directory sectors ([MS-CFB] 2.6), which may stand anywhere in the file.
bool holds_wide(std::string_view head, std::string_view ascii) {
  std::string wide;
  for (const char c : ascii) wide.append({c, '\0'});
  return head.find(wide) != head.npos;
}

std::string_view kind_of_ole(std::string_view head) {
  if (holds_wide(head, "__properties_version1.0")) return "application/vnd.ms-outlook";
  if (holds_wide(head, "EncryptedPackage")) return "application/x-ooxml-protected";
  if (holds_wide(head, "WordDocument")) return "application/msword";
  if (holds_wide(head, "PowerPoint Document")) return "application/vnd.ms-powerpoint";
  if (holds_wide(head, "Workbook") || holds_wide(head, "Book")) return "application/vnd.ms-excel";
  return "application/x-ole-storage";
}

bool has_tar_checksum(Bytes head) {
  if (head.size() < 512 || head[0] == 0) return false;
  unsigned sum = 0;
  for (std::size_t i = 0; i < 512; ++i) sum += i >= 148 && i < 156 ? unsigned{' '} : head[i];
  unsigned stated = 0;
  for (std::size_t i = 148; i < 156; ++i) {
    if (head[i] >= '0' && head[i] <= '7') stated = stated * 8 + (head[i] - unsigned{'0'});
  }
  return sum == stated;
}

/// A DER or BER sequence that begins with an identifier below pkcs-7 (RFC 5652, section 3).
bool is_pkcs7(std::string_view head) {
  return head.starts_with('\x30') && head.substr(0, 24).find("\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07"sv) != head.npos;
}

bool looks_like_html(std::string_view head) {
  std::string_view text = trim(head.substr(0, std::min<std::size_t>(head.size(), 1024)));
  if (text.starts_with("\xef\xbb\xbf")) text = trim(text.substr(3));
  for (const std::string_view start : {"<!doctype html"sv, "<html"sv, "<head"sv, "<body"sv}) {
    if (starts_with_ignoring_case(text, start)) return true;
  }
  return false;
}

/// Compound heads whose magic is short are believed only with a second sign.
bool plausible(const Magic& magic, Bytes head) {
  if (magic.type == "application/x-lha") return head.size() > 21 && head[6] == '-' && head[20] <= 3;
  if (magic.type == "application/x-bzip2")
    return head.size() > 9 && head[3] >= '1' && head[3] <= '9' && head[4] == 0x31;
  if (magic.type == "audio/wav") return text_of(head).starts_with("RIFF");
  if (magic.type == "application/x-cpio" && magic.bytes.size() == 2) return head.size() >= 26;
  if (magic.type == "application/vnd.microsoft.portable-executable") return head.size() > 64 && head[60] != 0;
  return true;
}

}  // namespace

std::string_view sniff(Bytes head) {
  head = slice(head, 0, 64U << 10U);
  const ImageType image = image_type(head);
  if (image != ImageType::Unknown) return media_type_of(image);
  const std::string_view text = text_of(head);
  for (const Magic& magic : Magics) {
    if (text.size() < magic.at + magic.bytes.size() || text.substr(magic.at, magic.bytes.size()) != magic.bytes)
      continue;
    if (!plausible(magic, head)) continue;
    if (magic.type == "application/zip") return kind_of_zip(text);
    if (magic.type == "application/x-ole-storage") return kind_of_ole(text);
    return magic.type;
  }
  if (is_pkcs7(text)) return "application/pkcs7-mime";
  // PDF readers accept the header anywhere in the first 1,024 bytes (ISO 32000-1, annex H.3.4.1).
  if (text.substr(0, 1024 + 5).find("%PDF-") != text.npos) return "application/pdf";
  // Some lose the mark but not the objects, and every reader opens them all the same.
  if (text.starts_with('%') && text.substr(0, 1024).find(" 0 obj") != text.npos && text.find("/Catalog") != text.npos) {
    return "application/pdf";
  }
  if (has_tar_checksum(head)) return "application/x-tar";
  if (looks_like_html(text)) return "text/html";
  return {};
}

bool is_office_package(std::string_view media_type) {
  return media_type.starts_with("application/vnd.openxmlformats-officedocument") ||
         media_type.starts_with("application/vnd.oasis.opendocument");
}

namespace {

/// What a name's ending promises: the beginning of every type that keeps the promise, separated by spaces.
struct Ending {
  std::string_view ending;
  std::string_view types;
};
constexpr std::array Endings = {
    Ending{"jpg", "image/"},
    Ending{"jpeg", "image/"},
    Ending{"png", "image/"},
    Ending{"gif", "image/"},
    Ending{"bmp", "image/"},
    Ending{"tif", "image/"},
    Ending{"tiff", "image/"},
    Ending{"webp", "image/"},
    Ending{"heic", "image/"},
    Ending{"pdf", "application/pdf"},
    Ending{"doc",
           "application/msword application/x-ole application/rtf text/html application/vnd.openxmlformats "
           "application/vnd.wordperfect application/x-ooxml"},
    Ending{"xls",
           "application/vnd.ms-excel application/x-ole text/html application/vnd.openxmlformats application/x-ooxml"},
    Ending{"ppt", "application/vnd.ms-powerpoint application/x-ole application/vnd.openxmlformats application/x-ooxml"},
    Ending{"docx", "application/vnd.openxmlformats application/zip application/x-ooxml"},
    Ending{"xlsx", "application/vnd.openxmlformats application/zip application/x-ooxml"},
    Ending{"pptx", "application/vnd.openxmlformats application/zip application/x-ooxml"},
    Ending{"odt", "application/vnd.oasis application/zip"},
    Ending{"ods", "application/vnd.oasis application/zip"},
    Ending{"odp", "application/vnd.oasis application/zip"},
    Ending{"rtf", "application/rtf"},
    Ending{"zip", "application/zip application/vnd.o application/epub application/java"},
    Ending{"7z", "application/x-7z"},
    Ending{"rar", "application/vnd.rar"},
    Ending{"txt", "text/"},
    Ending{"csv", "text/"},
    Ending{"html", "text/"},
    Ending{"htm", "text/"},
    Ending{"mp3", "audio/"},
    Ending{"mp4", "video/ audio/"},
};

bool keeps(std::string_view promise, std::string_view type) {
  const std::vector<std::string_view> kinds = split(promise, ' ');
  return std::any_of(kinds.begin(), kinds.end(), [&](std::string_view kind) { return type.starts_with(kind); });
}

/// A declared type says something only when it names one of the families above.
std::string_view promise_of_type(std::string_view declared) {
  if (declared.starts_with("image/")) return "image/";
  if (declared == "application/pdf") return "application/pdf";
  if (declared == "application/msword")
    return "application/msword application/x-ole application/rtf text/html "
           "application/vnd.openxmlformats application/vnd.wordperfect application/x-ooxml";
  if (declared.starts_with("audio/") || declared.starts_with("video/")) return "audio/ video/";
  return {};
}

}  // namespace

std::optional<std::string> type_mismatch(std::string_view name, std::string_view declared, Bytes head) {
  const std::string_view found = sniff(head);
  if (found.empty()) return std::nullopt;
  const std::size_t dot = name.rfind('.');
  if (dot != name.npos) {
    const std::string ending = lower_ascii(name.substr(dot + 1));
    const auto* it = std::find_if(Endings.begin(), Endings.end(), [&](const Ending& e) { return e.ending == ending; });
    if (it != Endings.end() && !keeps(it->types, found)) return std::string(found);
  }
  const std::string_view promise = promise_of_type(declared);
  if (!promise.empty() && !keeps(promise, found)) return std::string(found);
  return std::nullopt;
}

std::string type_mismatch_value(std::string_view name, std::string_view declared, std::string_view found,
                                std::string_view step) {
  JsonWriter out;
  out.object().member("name", name);
  if (!declared.empty()) out.member("declared", declared);
  out.member("found", found).member("step", step).end();
  return out.take();
}

}  // namespace careo
