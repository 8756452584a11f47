// SPDX-License-Identifier: Apache-2.0
#include "container.h"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>

#include "base/text.h"

namespace careo::sample {
namespace {

void little(std::string* out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out->push_back(static_cast<char>((value >> (8 * i)) & 0xff));
}

std::string deflated(const std::string& bytes) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

// What local and central headers share, from "version needed" to the extra field's length.
std::string zip_fields(const Member& member, const std::string& packed, const Date& date) {
  std::string out;
  little(&out, 20, 2);
  little(&out, 0x0800, 2);  // the name is UTF-8
  little(&out, 8, 2);
  little(&out, 10U << 11, 2);  // ten o'clock
  little(&out, static_cast<std::uint32_t>(((date.year - 1980) << 9) | (date.month << 5) | date.day), 2);
  little(&out,
         static_cast<std::uint32_t>(
             crc32(0, reinterpret_cast<const Bytef*>(member.bytes.data()), static_cast<uInt>(member.bytes.size()))),
         4);
  little(&out, static_cast<std::uint32_t>(packed.size()), 4);
  little(&out, static_cast<std::uint32_t>(member.bytes.size()), 4);
  little(&out, static_cast<std::uint32_t>(member.name.size()), 2);
  little(&out, 0, 2);
  return out;
}

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      default: out += c;
    }
  }
  return out;
}

constexpr std::string_view kXml = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view kPackage = "http://schemas.openxmlformats.org/package/2006/";
constexpr std::string_view kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

Member types(std::string_view part, std::string_view type, std::string_view more) {
  return {
      "[Content_Types].xml",
      fmt::format(
          "{}<Types xmlns=\"{}content-types\"><Default Extension=\"rels\" "
          "ContentType=\"application/vnd.openxmlformats-package."
          "relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"{}\" "
          "ContentType=\"{}\"/>{}</Types>",
          kXml, kPackage, part, type, more)};
}
Member relations(std::string_view name, std::string_view kind, std::string_view target) {
  return {std::string(name),
          fmt::format("{}<Relationships xmlns=\"{}relationships\"><Relationship Id=\"rId1\" Type=\"{}/{}\" "
                      "Target=\"{}\"/></Relationships>",
                      kXml, kPackage, kOffice, kind, target)};
}

std::string column_name(std::size_t index) {
  return std::string(1, static_cast<char>('A' + index));
}

}  // namespace

std::string zip_of(const std::vector<Member>& members, const Date& date) {
  std::string out;
  std::string directory;
  for (const auto& member : members) {
    const auto packed = deflated(member.bytes);
    const auto fields = zip_fields(member, packed, date);
    const auto offset = static_cast<std::uint32_t>(out.size());
    out += std::string("PK\x03\x04", 4) + fields + member.name + packed;
    directory += std::string("PK\x01\x02", 4);
    little(&directory, (3U << 8) | 20, 2);  // made by a Unix
    directory += fields;
    little(&directory, 0, 2);
    little(&directory, 0, 2);
    little(&directory, 0, 2);
    little(&directory, 0100644U << 16, 4);
    little(&directory, offset, 4);
    directory += member.name;
  }
  const auto start = static_cast<std::uint32_t>(out.size());
  out += directory + std::string("PK\x05\x06", 4);
  little(&out, 0, 4);
  little(&out, static_cast<std::uint32_t>(members.size()), 2);
  little(&out, static_cast<std::uint32_t>(members.size()), 2);
  little(&out, static_cast<std::uint32_t>(directory.size()), 4);
  little(&out, start, 4);
  little(&out, 0, 2);
  return out;
}

std::string docx_of(const std::vector<std::string>& lines, const Date& date) {
  std::string body;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    body += fmt::format("<w:p><w:r>{}<w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
                        i == 0 ? "<w:rPr><w:b/></w:rPr>" : "", xml_text(lines[i]));
  }
  const std::string document = fmt::format(
      "{}<w:document "
      "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{}<w:sectPr/></w:body></"
      "w:document>",
      kXml, body);
  return zip_of({types("/word/document.xml",
                       "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml", ""),
                 relations("_rels/.rels", "officeDocument", "word/document.xml"),
                 {"word/document.xml", document}},
                date);
}

std::string rtf_of(const std::vector<std::string>& lines) {
  std::string out = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 DejaVu Serif;}}\\f0\\fs22\n";
  for (const auto& line : lines) {
    for (std::size_t at = 0; at < line.size();) {
      const char32_t c = next_code_point(line, &at);
      if (c == '\\' || c == '{' || c == '}') out += '\\';
      if (c < 0x80) {
        out += static_cast<char>(c);
      } else {
        out += fmt::format("\\u{}?", static_cast<std::int16_t>(c));
      }
    }
    out += "\\par\n";
  }
  return out + "}\n";
}

std::string xlsx_of(const Rows& rows, const Date& date) {
  std::string cells;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    cells += fmt::format("<row r=\"{}\">", r + 1);
    for (std::size_t c = 0; c < rows[r].size(); ++c) {
      cells += fmt::format("<c r=\"{}{}\" t=\"inlineStr\"><is><t>{}</t></is></c>", column_name(c), r + 1,
                           xml_text(rows[r][c]));
    }
    cells += "</row>";
  }
  constexpr std::string_view main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  constexpr std::string_view type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
  const auto sheet = fmt::format("{}<worksheet xmlns=\"{}\"><sheetData>{}</sheetData></worksheet>", kXml, main, cells);
  const auto book = fmt::format(
      "{}<workbook xmlns=\"{}\" xmlns:r=\"{}\"><sheets><sheet name=\"1\" sheetId=\"1\" "
      "r:id=\"rId1\"/></sheets></workbook>",
      kXml, main, kOffice);
  const auto more =
      fmt::format("<Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"{}worksheet+xml\"/>", type);
  return zip_of({types("/xl/workbook.xml", fmt::format("{}sheet.main+xml", type), more),
                 relations("_rels/.rels", "officeDocument", "xl/workbook.xml"),
                 {"xl/workbook.xml", book},
                 relations("xl/_rels/workbook.xml.rels", "worksheet", "worksheets/sheet1.xml"),
                 {"xl/worksheets/sheet1.xml", sheet}},
                date);
}

std::string csv_of(const Rows& rows, char separator) {
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += separator;
      const bool quoted = row[i].find_first_of(" ,;\"") != std::string::npos;
      out += quoted ? "\"" + row[i] + "\"" : row[i];
    }
    out += "\r\n";
  }
  return out;
}

std::string pdf_of_scans(const std::vector<ScannedPage>& pages, const Date& date) {
  std::string out = "%PDF-1.4\n%\xe2\xe3\xcf\xd3\n";
  std::vector<std::size_t> offsets;
  const auto object = [&](const std::string& body) {
    offsets.push_back(out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", offsets.size(), body);
  };
  std::string kids;
  for (std::size_t i = 0; i < pages.size(); ++i) kids += fmt::format("{} 0 R ", 4 + 3 * i);
  object("<< /Type /Catalog /Pages 2 0 R >>");
  object(fmt::format("<< /Type /Pages /Kids [ {}] /Count {} >>", kids, pages.size()));
  object(fmt::format("<< /Producer (Nowhere Scan) /CreationDate (D:{:04}{:02}{:02}090000Z) >>", date.year, date.month,
                     date.day));
  for (const auto& page : pages) {
    const auto own = offsets.size() + 1;
    double width = page.width * 72.0 / page.dpi;
    double height = page.height * 72.0 / page.dpi;
    const double shrink = std::min({1.0, 575 / width, 822 / height});
    width *= shrink;
    height *= shrink;
    const auto content =
        fmt::format("q {:.2f} 0 0 {:.2f} {:.2f} {:.2f} cm /Im0 Do Q\n", width, height, (595 - width) / 2, 822 - height);
    object(
        fmt::format("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /XObject << "
                    "/Im0 {} 0 R >> >> >>",
                    own + 1, own + 2));
    object(fmt::format("<< /Length {} >>\nstream\n{}endstream", content.size(), content));
    object(
        fmt::format("<< /Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /{} /BitsPerComponent 8 "
                    "/Filter /DCTDecode /Length {} >>\nstream\n{}\nendstream",
                    page.width, page.height, page.grey ? "DeviceGray" : "DeviceRGB", page.jpeg.size(), page.jpeg));
  }
  const auto table = out.size();
  out += fmt::format("xref\n0 {}\n0000000000 65535 f \n", offsets.size() + 1);
  for (const auto offset : offsets) out += fmt::format("{:010} 00000 n \n", offset);
  return out + fmt::format("trailer\n<< /Size {} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{}\n%%EOF\n",
                           offsets.size() + 1, table);
}

}  // namespace careo::sample
