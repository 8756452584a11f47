// SPDX-License-Identifier: Apache-2.0
// Writes small office packages: DOCX, XLSX and OpenDocument.
#pragma once

#include <string>
#include <string_view>

#include "unpack/zip_maker.h"

namespace careo {

inline std::string relation(std::string_view id, std::string_view type, std::string_view target,
                            std::string_view more = {}) {
  return "<Relationship Id=\"" + std::string(id) + "\" Type=\"http://x/" + std::string(type) + "\" Target=\"" +
         std::string(target) + "\" " + std::string(more) + "/>";
}
inline std::string relations(const std::string& all) {
  return "<Relationships>" + all + "</Relationships>";
}
inline std::string document(const std::string& body) {
  return "<?xml version=\"1.0\"?><w:document xmlns:w=\"x\"><w:body>" + body + "</w:body></w:document>";
}
inline std::string paragraph(const std::string& text) {
  return "<w:p><w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
}

inline ZipMaker docx(const std::string& body) {
  ZipMaker maker;
  maker.add("[Content_Types].xml", "<Types/>");
  maker.add("_rels/.rels", relations(relation("r1", "officeDocument", "word/document.xml")));
  maker.add("word/document.xml", document(body));
  return maker;
}

inline ZipMaker odf(const std::string& kind, const std::string& body, const std::string& manifest = "<m/>") {
  ZipMaker maker;
  maker.add({.name = "mimetype", .data = "application/vnd.oasis.opendocument." + kind, .method = 0});
  maker.add("META-INF/manifest.xml", manifest);
  maker.add("content.xml",
            "<office:document-content><office:body>" + body + "</office:body></office:document-content>");
  return maker;
}

inline constexpr std::string_view kOneCell = "<row><c t=\"inlineStr\"><is><t>cell</t></is></c></row>";

inline ZipMaker xlsx(const std::string& rows = std::string(kOneCell), const std::string& more = {},
                     const std::string& book = {}) {
  ZipMaker maker;
  maker.add("[Content_Types].xml", "<Types/>")
      .add("_rels/.rels", relations(relation("a", "officeDocument", "xl/workbook.xml")));
  maker.add("xl/workbook.xml", "<workbook><sheets><sheet name=\"One\" r:id=\"s1\"/></sheets>" + book + "</workbook>");
  maker.add("xl/_rels/workbook.xml.rels", relations(relation("s1", "worksheet", "worksheets/one.xml")));
  maker.add("xl/worksheets/one.xml", "<worksheet><sheetData>" + rows + "</sheetData>" + more + "</worksheet>");
  return maker;
}

}  // namespace careo
