// SPDX-License-Identifier: Apache-2.0
// The words of RTF 1.9.1 that the parser obeys, and its code pages.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace careo::rtf {

using std::string_view_literals::operator""sv;

struct Word {
  std::string_view word;
  std::string_view text;
};
/// Control words that are characters.
inline constexpr std::array Characters = {
    Word{"par", "\n"},         Word{"line", "\n"},          Word{"sect", "\n"},          Word{"page", "\n"},
    Word{"row", "\n"},         Word{"nestrow", "\n"},       Word{"cell", "\t"},          Word{"nestcell", "\t"},
    Word{"tab", "\t"},         Word{"emdash", "\u2014"},    Word{"endash", "\u2013"},    Word{"lquote", "\u2018"},
    Word{"rquote", "\u2019"},  Word{"ldblquote", "\u201c"}, Word{"rdblquote", "\u201d"}, Word{"bullet", "\u2022"},
    Word{"emspace", "\u2003"}, Word{"enspace", "\u2002"},   Word{"qmspace", "\u2005"},   Word{"column", "\n"},
    Word{"softline", "\n"},    Word{"softpage", "\n"},      Word{"zwj", "\u200d"},       Word{"zwnj", "\u200c"},
};

/// Destinations whose text is not the document's.
inline constexpr std::array Hidden = {
    "colortbl"sv,    "stylesheet"sv, "filetbl"sv,   "listtable"sv,    "listoverridetable"sv,
    "rsidtbl"sv,     "themedata"sv,  "datastore"sv, "xmlnstbl"sv,     "nonshppict"sv,
    "fldinst"sv,     "bkmkend"sv,    "pgptbl"sv,    "latentstyles"sv, "wgrffmtfilter"sv,
    "mmathPr"sv,     "pnseclvl"sv,   "rxe"sv,       "fontemb"sv,      "fontfile"sv,
    "private"sv,     "userprops"sv,  "htmltag"sv,   "mhtmltag"sv,     "atnid"sv,
    "atnref"sv,      "atntime"sv,    "atndate"sv,   "atnparent"sv,    "sp"sv,
    "factoidname"sv, "datafield"sv,  "formfield"sv, "ftnsep"sv,       "ftnsepc"sv,
    "aftnsep"sv,     "aftnsepc"sv,   "ftncn"sv,     "aftncn"sv,       "listname"sv,
    "panose"sv,      "falt"sv,
};
/// Starred destinations that hold what a reader sees.
inline constexpr std::array Shown = {"shpinst"sv,  "shptxt"sv, "shppict"sv,       "annotation"sv,
                                     "footnote"sv, "ud"sv,     "nesttableprops"sv};

/// Destinations beside the text, and what their characters are called. Forms: RTF 1.9.1, "Form Fields".
inline constexpr std::array Unseen = {
    Word{"revtbl", "reviser"},
    Word{"docvar", "variable"},
    Word{"ffname", "field"},
    Word{"ffdeftext", "field text"},
    Word{"ffl", "choice"},
    Word{"ffhelptext", "field help"},
    Word{"ffstattext", "field status"},
    Word{"ffentrymcr", "macro"},
    Word{"ffexitmcr", "macro"},
    Word{"objclass", "object class"},
    Word{"objname", "object name"},
    Word{"objalias", "object alias"},
    Word{"xe", "index"},
    Word{"tc", "contents"},
    Word{"bkmkstart", "bookmark"},
    Word{"hlsrc", "link"},
    Word{"hlfr", "link text"},
    Word{"hlinkbase", "base"},
    Word{"mmconnectstr", "mail merge source"},
    Word{"mmdatasource", "mail merge source"},
    Word{"mmheadersource", "mail merge source"},
    Word{"mmquery", "mail merge query"},
    Word{"mmmailsubject", "mail merge subject"},
    Word{"mmaddfieldname", "mail merge address"},
};
/// Properties of shapes ({\sp{\sn name}{\sv value}}) that hold words; all others are measures.
inline constexpr std::array ShapeProperties = {
    Word{"wzDescription", "picture"},   Word{"wzName", "shape"},         Word{"wzTooltip", "hint"},
    Word{"gtextUNICODE", "drawn text"}, Word{"pibName", "picture file"}, Word{"wzScript", "script"},
};

/// Groups of \info, and the words that date it.
inline constexpr std::array Properties = {
    Word{"title", "title"},          Word{"subject", "subject"},   Word{"author", "author"},
    Word{"operator", "last_author"}, Word{"company", "company"},   Word{"manager", "manager"},
    Word{"keywords", "keywords"},    Word{"category", "category"}, Word{"doccomm", "description"},
    Word{"creatim", "created"},      Word{"revtim", "modified"},   Word{"printim", "printed"},
    Word{"generator", "producer"},   Word{"template", "template"},
};

struct CodePage {
  int charset;
  int page;
};
/// \fcharset values (RTF 1.9.1, font table) as Windows code pages; 10000 is Macintosh.
inline constexpr std::array CharsetPages = {
    CodePage{77, 10000}, CodePage{128, 932},  CodePage{129, 949},  CodePage{134, 936},
    CodePage{136, 950},  CodePage{161, 1253}, CodePage{162, 1254}, CodePage{163, 1258},
    CodePage{177, 1255}, CodePage{178, 1256}, CodePage{186, 1257}, CodePage{204, 1251},
    CodePage{222, 874},  CodePage{238, 1250}, CodePage{254, 437},  CodePage{255, 850},
};

}  // namespace careo::rtf
