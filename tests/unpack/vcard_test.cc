// SPDX-License-Identifier: Apache-2.0
#include "unpack/card/vcard.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/json.h"
#include "base/text.h"
#include "unpack/collected.h"

namespace careo {
namespace {

namespace fs = std::filesystem;

Json value_of(const Collected& got, std::size_t index) {
  return *Json::parse(got.readings.at(index).value);
}

TEST(Vcard, ReadsEveryCard) {
  const std::string file =
      "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Ruiz;Ana;;Dra.;\r\nFN:Ana Ruiz\r\nORG:Sanidad;Registro\r\n"
      "TEL;TYPE=CELL,VOICE:+34 600 000 001\r\nitem1.EMAIL;type=INTERNET;type=pref:ana@example\r\n .org\r\n"
      "ADR;TYPE=HOME:;;Calle 1\\, bajo;Madrid;;28001;España\r\nBDAY:19850302\r\nNOTE:una\\nnota\r\n"
      "PHOTO;ENCODING=b;TYPE=JPEG:aGVs\r\n bG8=\r\nEND:VCARD\r\n"
      "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=CF=F0=E8=\r\n=E2=E5=F2\r\n"
      "TEL;HOME;VOICE:1\r\nEND:VCARD\r\n";
  ASSERT_TRUE(vcard_opener()->may(bytes_of(file), {}));
  const Collected got = collect(*vcard_opener(), file);
  EXPECT_EQ(got.type, "text/vcard");
  ASSERT_EQ(got.readings.size(), 2U);
  const Json ana = value_of(got, 0);
  EXPECT_EQ(ana["name"].text(), "Ana Ruiz");
  EXPECT_EQ(ana["surname"].text(), "Ruiz");
  EXPECT_EQ(ana["department"].text(), "Registro");
  EXPECT_EQ(ana["emails"].items().at(0).text(), "ana@example.org");
  EXPECT_EQ(ana["phones"].items().at(0)["kind"].text(), "mobile");
  EXPECT_EQ(ana["addresses"].items().at(0)["address"].text(), "Calle 1, bajo, Madrid, 28001, España");
  EXPECT_EQ(ana["birthday"].text(), "1985-03-02");
  EXPECT_EQ(value_of(got, 1)["name"].text(), "Привет");
  EXPECT_EQ(value_of(got, 1)["phones"].items().at(0)["kind"].text(), "home");
  EXPECT_NE(got.text_of_first().find("una\nnota"), std::string::npos);
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(text_of(*take_step(bytes_of(file), got.children[0].step)), "hello");
  EXPECT_TRUE(got.adds_up(file.size()));
}

TEST(Icalendar, ReadsEventsTasksAndWhatIsAttached) {
  const std::string file =
      "BEGIN:VCALENDAR\nVERSION:2.0\nX-WR-CALNAME:Ana's "
      "year\nBEGIN:VEVENT\nSUMMARY;LANGUAGE=es:Reunión\nDTSTART;TZID=\"Europe/"
      "Madrid\":20170314T1320"
      "00\nDTEND:20170314T132000Z\nLOCATION:Sala 1\nORGANIZER;CN=\"Ruiz: Ana\":mailto:ana@example.org\n"
      "ATTENDEE;CN=Luis:MAILTO:luis@example.org\nBEGIN:VALARM\nDESCRIPTION:in an hour\nEND:VALARM\n"
      "ATTACH;ENCODING=BASE64;FMTTYPE=text/plain;X-FILENAME=a.txt:aGVsbG8=\nEND:VEVENT\n"
      "BEGIN:VTODO\nSUMMARY:Llamar\nDUE;VALUE=DATE:20170320\nEND:VTODO\nEND:VCALENDAR\n";
  const Collected got = collect(*icalendar_opener(), file);
  ASSERT_EQ(got.readings.size(), 2U);
  EXPECT_EQ(got.readings[0].kind, "event");
  const Json event = value_of(got, 0);
  EXPECT_EQ(event["start"].text(), "2017-03-14T13:20:00");
  EXPECT_EQ(event["zone"].text(), "Europe/Madrid");
  EXPECT_EQ(event["end"].text(), "2017-03-14T13:20:00Z");
  EXPECT_EQ(event["organiser"].items().at(0)["name"].text(), "Ruiz: Ana");
  EXPECT_EQ(event["attendees"].items().at(0)["address"].text(), "luis@example.org");
  EXPECT_EQ(event["alarm description"].text(), "in an hour");
  EXPECT_NE(got.text_of_first().find("wr-calname: Ana's year"), std::string::npos);
  EXPECT_EQ(got.readings[1].kind, "task");
  EXPECT_EQ(value_of(got, 1)["due"].text(), "2017-03-20");
  ASSERT_EQ(got.children.size(), 1U);
  EXPECT_EQ(got.children[0].name, "a.txt");
  EXPECT_EQ(text_of(*take_step(bytes_of(file), got.children[0].step)), "hello");
  EXPECT_TRUE(got.adds_up(file.size()));
}

// Names of fields are text of the file like any other: found by fuzzing.
TEST(Vcard, NamesOfFieldsAreDecoded) {
  const Collected got = collect(*vcard_opener(), "BEGIN:VCARD\nFN:Ana\nX-\xDE\xDE:x\nEND:VCARD\n");
  EXPECT_TRUE(is_utf8(got.text_of_first()));
  EXPECT_TRUE(Json::parse(got.readings.at(0).value));
}

std::string in_utf16(std::string_view utf8) {
  std::string out = "\xFF\xFE";
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = next_code_point(utf8, &at);
    out += static_cast<char>(c & 0xFFU);
    out += static_cast<char>(c >> 8U);
  }
  return out;
}

TEST(Vcard, NothingOfItsTextIsLost) {
  const std::string card =
      "X-BEFORE:words before\r\nBEGIN:VCARD\r\nFN:Анна\r\nitem1.EMAIL;TYPE=WORK;PREF=1:a@b.example\r\n"
      "item1.X-ABLabel:Office\r\nTEL;TYPE=CELL:+1 555\r\na line without a name\r\nEND:VCARD\r\n";
  const Collected got = collect(*vcard_opener(), "BEGIN:VCARD\r\nFN:x\r\nEND:VCARD\r\n" + card);
  EXPECT_NE(got.text_of_first().find("email marks: a@b.example: item1, TYPE=WORK, PREF=1"), std::string::npos)
      << got.text_of_first();
  EXPECT_NE(got.text_of_first().find("ablabel marks: Office: item1"), std::string::npos);
  EXPECT_NE(got.text_of_first().find("[outside of cards]\nx-before: words before\na line without a name"),
            std::string::npos);
  EXPECT_EQ(got.text_of_first().find("tel marks"), std::string::npos) << "its kind stands with the number";
}

TEST(Vcard, Utf16IsReadAsCardsAndEntries) {
  const std::string card = in_utf16("BEGIN:VCARD\r\nFN:Анна Образец\r\nPHOTO;ENCODING=b:AAAA\r\nEND:VCARD\r\n");
  ASSERT_TRUE(vcard_opener()->may(bytes_of(card), {}));
  const Collected got = collect(*vcard_opener(), card);
  ASSERT_EQ(got.readings.size(), 1U);
  EXPECT_EQ((*Json::parse(got.readings[0].value))["name"].text(), "Анна Образец");
  EXPECT_TRUE(got.adds_up(card.size()));
  EXPECT_EQ(got.unreads.size(), 1U) << "the photograph";
  const std::string entry = in_utf16("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Встреча\r\nEND:VEVENT\r\n");
  ASSERT_TRUE(icalendar_opener()->may(bytes_of(entry), {}));
  EXPECT_EQ(collect(*icalendar_opener(), entry).readings.size(), 1U);
}

TEST(Icalendar, TellsWhoAcceptedAndTheNamesOfZones) {
  const Collected got = collect(
      *icalendar_opener(),
      "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Zone of Ours\r\nBEGIN:STANDARD\r\nTZNAME:OURST\r\nEND:STANDARD\r\n"
      "END:VTIMEZONE\r\nBEGIN:VEVENT\r\nSUMMARY:x\r\nATTENDEE;CN=Anna;PARTSTAT=DECLINED:mailto:a@b.example\r\n"
      "END:VEVENT\r\nEND:VCALENDAR\r\n");
  for (const char* wanted : {"Zone of Ours", "OURST", "attendee marks: mailto:a@b.example: PARTSTAT=DECLINED"})
    EXPECT_NE(got.text_of_first().find(wanted), std::string::npos) << wanted << " in " << got.text_of_first();
}

TEST(Vcard, EndsEarlyIsTold) {
  EXPECT_EQ(collect(*vcard_opener(), "BEGIN:VCARD\nFN:Ana\n").unreads.size(), 1U);
  EXPECT_EQ(collect(*icalendar_opener(), "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\n").unreads.size(), 1U);
}

TEST(Vcard, ReadsTheSamples) {
  const fs::path folder = fs::path(CAREO_SOURCE_DIR) / "../shared/data/msg";
  if (!fs::exists(folder)) GTEST_SKIP() << "skipped: " << folder << " is not here";
  std::size_t readings = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const bool card = entry.path().extension() == ".vcf";
    if (!card && entry.path().extension() != ".ics") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const Opener* opener = card ? vcard_opener() : icalendar_opener();
    EXPECT_TRUE(opener->may(bytes_of(bytes), {})) << entry.path();
    const Collected got = collect(*opener, bytes);
    EXPECT_TRUE(got.adds_up(bytes.size()));
    EXPECT_TRUE(got.unreads.empty());
    readings += got.readings.size();
  }
  EXPECT_GE(readings, 5U);
}

}  // namespace
}  // namespace careo
