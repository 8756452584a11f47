// SPDX-License-Identifier: Apache-2.0
// Short texts of many languages in the code pages that their writers had: encoded here, guessed, and read again.
#include <gtest/gtest.h>

#include "base/text.h"
#include "unpack/text/charset.h"

namespace careo {
namespace {

std::string encoded(std::string_view text, const char* page) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    next_code_point(text, &at);
    const std::string_view letter = text.substr(begin, at - begin);
    for (int b = 0; b < 256; ++b) {
      std::string one;
      const auto byte = static_cast<std::uint8_t>(b);
      append_decoded(Bytes(&byte, 1), page, &one);
      if (one != letter) continue;
      out.push_back(static_cast<char>(b));
      break;
    }
  }
  return out;
}

struct Case {
  std::string_view text;
  std::vector<const char*> pages;
};

const std::vector<Case> kCases = {
    {"El señor Muñoz pidió más años de vacación en España, ¿verdad?", {"windows-1252", "ibm-850", "macintosh"}},
    {"El niño comió con azúcar y café en la mañana de ayer", {"windows-1252", "ibm-850", "ibm-437"}},
    {"Le garçon était déjà à l’hôtel, où sa sœur l’avait laissé", {"windows-1252", "macintosh"}},
    {"Prix : 12 € où çà et là, œuvre d'art de la forêt", {"windows-1252", "iso-8859-15"}},
    {"Die Größe der Tür ist für über fünf Männer schön genug", {"windows-1252", "ibm-850", "macintosh"}},
    {"A situação não é boa para os irmãos, só amanhã haverá avião", {"windows-1252", "ibm-850"}},
    {"Perché l'università è più lontana della città", {"windows-1252", "ibm-850"}},
    {"Han åkte till sjön för att köpa ägg och smör", {"windows-1252", "ibm-850"}},
    {"Det er også en stor fjord på øya nær Ålesund", {"windows-1252", "ibm-850"}},
    {"Það er ekki gott að fara þangað í dag, sagði Þórður", {"windows-1252"}},
    {"Zażółć gęślą jaźń. Nie wiem, co się stało z umową, którą podpisał", {"windows-1250", "iso-8859-2", "ibm-852"}},
    {"Wpłata należności za grudzień została przesłana na rachunek", {"windows-1250", "iso-8859-2"}},
    {"Příliš žluťoučký kůň úpěl ďábelské ódy, ale nikdo ho neslyšel", {"windows-1250", "iso-8859-2", "ibm-852"}},
    {"Faktura byla uhrazena v hotovosti, děkujeme za nákup", {"windows-1250", "iso-8859-2"}},
    {"Zmluva bola podpísaná v Bratislave, ďakujem za správu o účte", {"windows-1250", "iso-8859-2"}},
    {"Az őszi szerződést még nem küldték el, hogy a cég fizessen", {"windows-1250", "iso-8859-2", "ibm-852"}},
    {"Račun je plaćen, a ugovor će biti potpisan u četvrtak, rekao je šef", {"windows-1250", "iso-8859-2"}},
    {"Türkçe karakterler şöyle böyle, İstanbul’da yaşıyorum", {"windows-1254"}},
    {"Ödeme için bir fatura gönderildi, ancak banka hesabı kapalıydı", {"windows-1254", "ibm-857"}},
    {"Sutartis buvo pasirašyta, bet pinigų dar negavome, kaip žadėjo", {"windows-1257"}},
    {"Šis ir latviešu teksts rakstzīmju kodējuma noteikšanai", {"windows-1257"}},
    {"Leping on sõlmitud, kuid raha ei ole veel üle kantud, öeldi meile", {"windows-1257", "windows-1252"}},
};

TEST(LatinGuess, ReadsShortTextsOfManyLanguages) {
  for (const Case& it : kCases)
    for (const char* page : it.pages) {
      const std::string bytes = encoded(it.text, page);
      const DecodedText got = decode_text(bytes_of(bytes), "");
      EXPECT_EQ(got.utf8, it.text) << page << ", taken for " << got.charset;
      EXPECT_EQ(got.grade, Grade::Unconfirmed);
    }
}

TEST(LatinGuess, ReadsLongOnesTheSame) {
  for (const Case& it : kCases)
    for (const char* page : it.pages) {
      std::string text;
      for (int i = 0; i < 40; ++i) text.append(it.text).append(i % 2 == 0 ? ". " : "\n");
      const DecodedText got = decode_text(bytes_of(encoded(text, page)), "");
      EXPECT_EQ(got.utf8, text) << page << ", taken for " << got.charset;
    }
}

TEST(LatinGuess, StaysWithTheWesternPageWhereNothingSpeaksAgainstIt) {
  for (const std::string_view bytes :
       {"x\xE9", "Kova\xE8", "\xD8st", "caf\xE9 au lait", "100 \xA3", "\x93quoted\x94 \x97 words"})
    EXPECT_EQ(decode_text(bytes_of(bytes), "").charset, "windows-1252") << bytes;
}

}  // namespace
}  // namespace careo
