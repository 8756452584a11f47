// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <iconv.h>

#include <array>
#include <string>

#include "pixels/pdf.h"

namespace careo {
namespace {

/// A page with a line in each of the base-14 fonts and in one font a CJK collection, embedded in nothing: poppler has
/// to find substitutes and CMaps, which is all it ever loads from disk.
std::string sample() {
  constexpr std::array Base = {"Helvetica",   "Helvetica-Bold", "Helvetica-Oblique", "Helvetica-BoldOblique",
                               "Courier",     "Courier-Bold",   "Courier-Oblique",   "Courier-BoldOblique",
                               "Times-Roman", "Times-Bold",     "Times-Italic",      "Times-BoldItalic",
                               "Symbol",      "ZapfDingbats"};
  struct Collection {
    const char* ordering;
    const char* cmap;
    const char* text;
  };
  constexpr std::array Cjk = {
      Collection{"Japan1", "UniJIS-UTF16-H", "65e5672c"}, Collection{"Japan1", "90ms-RKSJ-H", "93fa967b"},
      Collection{"GB1", "UniGB-UTF16-H", "4e2d56fd"},     Collection{"GB1", "GBK-EUC-H", "d6d0b9fa"},
      Collection{"CNS1", "UniCNS-UTF16-H", "53f05317"},   Collection{"CNS1", "ETen-B5-H", "a578a55f"},
      Collection{"Korea1", "UniKS-UTF16-H", "d55cad6d"},  Collection{"Korea1", "KSCms-UHC-H", "c7d1b1b9"},
      Collection{"Identity", "Identity-H", "00240025"}};
  std::string objects;
  std::string fonts;
  std::string content = "BT 12 TL 20 700 Td\n";
  int next = 5;
  for (const char* name : Base) {
    objects += fmt::format("{} 0 obj <</Type/Font/Subtype/Type1/BaseFont/{}>> endobj\n", next, name);
    fonts += fmt::format("/F{0} {0} 0 R ", next);
    content += fmt::format("/F{} 10 Tf (Abc xyz 0123) Tj T*\n", next++);
  }
  for (const Collection& it : Cjk) {
    objects += fmt::format(
        "{0} 0 obj <</Type/Font/Subtype/Type0/BaseFont/None/Encoding/{2}/DescendantFonts[{1} 0 R]>> endobj\n"
        "{1} 0 obj <</Type/Font/Subtype/CIDFontType0/BaseFont/None/CIDSystemInfo<</Registry(Adobe)/Ordering({3})"
        "/Supplement 2>>/FontDescriptor<</Type/FontDescriptor/FontName/None/Flags 4/Ascent 800/Descent -200"
        "/CapHeight 700/ItalicAngle 0/StemV 80/FontBBox[0 -200 1000 800]>>>> endobj\n",
        next, next + 1, it.cmap, it.ordering);
    fonts += fmt::format("/F{0} {0} 0 R ", next);
    content += fmt::format("/F{} 10 Tf <{}> Tj T*\n", next, it.text);
    next += 2;
  }
  content += "ET\n";
  return fmt::format(
      "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n"
      "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 720]/Contents 4 0 R/Resources<</Font<<{}>>>>>> endobj\n"
      "4 0 obj <</Length {}>> stream\n{}endstream endobj\n{}trailer <</Root 1 0 R/Size {}>>\n%%EOF\n",
      fonts, content.size(), content, objects, next);
}

}  // namespace

void warm_up_pdf() {
  // Converters are unloaded when the last user closes: these stay open for the life of the process.
  static const std::array converters = {iconv_open("UTF-16", "UTF-8"),   iconv_open("UTF-8", "UTF-16"),
                                        iconv_open("UTF-16LE", "UTF-8"), iconv_open("UTF-8", "UTF-16LE"),
                                        iconv_open("UTF-16BE", "UTF-8"), iconv_open("UTF-8", "UTF-16BE")};
  static_cast<void>(converters);
  // Kept for good, and never taken down: poppler's caches live as long as a document does, and its own globals are gone
  // before ours at the end of the process.
  static const std::string* const file = new std::string(sample());
  static const Pdf* const kept = [] {
    Result<std::unique_ptr<Pdf>> opened = Pdf::open(bytes_of(*file));
    return opened ? opened->release() : nullptr;
  }();
  if (kept == nullptr) return;
  static_cast<void>(kept->text(1));
  static_cast<void>(kept->draw(1, 72, Pdf::Colours::Grey, 1'000'000));
}

}  // namespace careo
