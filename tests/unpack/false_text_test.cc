// SPDX-License-Identifier: Apache-2.0
#include "unpack/text/false_text.h"

#include <gtest/gtest.h>

#include <string>

namespace careo {
namespace {

const std::string kEnglish =
    "The undersigned confirms that the amount was paid in full on the day named above and that nothing else is owed "
    "by either side of this agreement, whatever was said before it was signed.";

std::string shifted(std::string text, int by) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>('a' + (c - 'a' + by) % 26);
  return text;
}

TEST(FalseText, WritingIsWriting) {
  for (const std::string& text :
       {kEnglish,
        std::string("El abajo firmante confirma que recibió la cantidad de 2.300 dólares y que nada más se le debe por "
                    "ninguna de las partes de este contrato, firmado en La Habana el día nombrado."),
        std::string("Нижеподписавшийся подтверждает, что сумма выплачена полностью и претензий не имеет."),
        std::string("Příliš žluťoučký kůň úpěl ďábelské ódy; smlouva byla podepsána v Praze dne 3. května téhož roku, "
                    "částka byla zaplacena v hotovosti."),
        std::string("العقد موقع من الطرفين في اليوم المذكور أعلاه ولا يوجد أي مبلغ مستحق")})
    EXPECT_FALSE(looks_false(text)) << text;
}

TEST(FalseText, NeitherTablesNorShortTextsAreFalse) {
  std::string table;
  for (int i = 0; i < 200; ++i) table += std::to_string(i * 37) + ".00\t";
  EXPECT_FALSE(looks_false(table));
  EXPECT_FALSE(looks_false("TRN BRKRS LTD"));
  EXPECT_FALSE(looks_false(""));
}

TEST(FalseText, ShiftedAlphabetsWrongCodePagesAndNamelessLettersAre) {
  EXPECT_TRUE(looks_false(shifted(kEnglish, 3)));
  EXPECT_TRUE(looks_false("Íèæåïîäïèñàâøèéñÿ ïîäòâåðæäàåò, ÷òî ñóììà âûïëà÷åíà ïîëíîñòüþ"));
  std::string nameless;
  for (int i = 0; i < 60; ++i) nameless += "\uE041\uE042 ";
  EXPECT_TRUE(looks_false(nameless));
}

}  // namespace
}  // namespace careo
