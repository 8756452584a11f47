// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "base/json.h"
#include "base/text.h"
#include "read/form/form_reader.h"

namespace careo {
namespace {

std::vector<Reading> read_lines(std::string_view lines) {
  Text text;
  text.utf8 = lines;
  return FormReader().read(text, {});
}

Json only(const std::vector<Reading>& readings) {
  EXPECT_EQ(readings.size(), 1U);
  const auto value = Json::parse(readings.empty() ? "{}" : readings[0].value);
  EXPECT_TRUE(value);
  return value ? *value : Json();
}

Json field(const Json& form, std::string_view name) {
  for (const Json& each : form["fields"].items())
    if (each["field"].text() == name) return each;
  return Json();
}

constexpr std::string_view kInvoice =
    "Alden Freight Ltd\nINVOICE\n"
    "Invoice No: INV-2023-114          Invoice date: 12 March 2023\n"
    "Seller: Alden Freight Ltd         Buyer: Kestrel Works Inc\n"
    "VAT No: UT123456                  VAT No: UT778899\n\n"
    "Description              Quantity     Unit price     Amount\n"
    "Steel bolts              100          2.50           250.00\n\n"
    "Subtotal: 250.00\nVAT: 50.00\nTotal due: 300.00 EUR\n";

TEST(Form, AnInvoiceInLinesIsNamedWithItsFields) {
  const std::vector<Reading> readings = read_lines(kInvoice);
  const Json form = only(readings);
  EXPECT_EQ(form["form"].text(), "invoice");
  EXPECT_TRUE(form["titled"].boolean());
  EXPECT_EQ(field(form, "number")["value"].text(), "INV-2023-114");
  EXPECT_EQ(field(form, "issue_date")["value"].text(), "12 March 2023");
  EXPECT_EQ(field(form, "seller_tax_number")["value"].text(), "UT123456");
  EXPECT_EQ(field(form, "buyer_tax_number")["value"].text(), "UT778899");
  EXPECT_EQ(field(form, "price")["value"].text(), "2.50");
  EXPECT_EQ(readings.at(0).raw, "INVOICE");
  EXPECT_EQ(readings.at(0).grade, Grade::Unconfirmed);
}

TEST(Form, AFieldSaysWhereItStands) {
  const Json form = only(read_lines(kInvoice));
  const Json buyer = field(form, "buyer");
  const auto& span = buyer["span"].items();
  ASSERT_EQ(span.size(), 2U);
  const auto begin = static_cast<std::size_t>(span[0].real()), end = static_cast<std::size_t>(span[1].real());
  EXPECT_EQ(kInvoice.substr(begin, end - begin), "Kestrel Works Inc");
}

TEST(Form, LabelsMayShareALineWithOneSpaceBetween) {
  const Json form = only(
      read_lines("ПЛАТЕЖНОЕ ПОРУЧЕНИЕ № 14\nДата 12.03.2023\nСумма прописью Сто рублей\nИНН 7701234567 КПП 770101001\n"
                 "Плательщик: ООО Светлоград\nБанк плательщика: АО Зорбанк\nБИК 044525225\n"
                 "Банк получателя: ПАО Приморбанк\nБИК 044525999\nИНН 5001234567 КПП 500101001\n"
                 "Получатель: ООО Приморье\nНазначение платежа: по договору 4\n"));
  EXPECT_EQ(form["form"].text(), "payment_order");
  EXPECT_EQ(form["template"].text(), "payment_order/0401060");
  EXPECT_EQ(field(form, "payer_inn")["value"].text(), "7701234567");
  EXPECT_EQ(field(form, "payer_kpp")["value"].text(), "770101001");
  EXPECT_EQ(field(form, "payee_inn")["value"].text(), "5001234567");
  EXPECT_EQ(field(form, "payee_bik")["value"].text(), "044525999");
}

TEST(Form, ATicketOfAnAgencyHasTheBookingFirst) {
  const Json form = only(read_lines(
      "ELECTRONIC TICKET - PASSENGER ITINERARY\nBooking reference: QX20001\nTicket number: 000-2300000099\n"
      "Passenger: SPECIMEN/ANNA MRS\nDocument: X1234567\nFlight: NW515 Los Cayuelos - Nordhavn\n"
      "Date: 14 March 2023 Departure: 20:45\nClass: Y Baggage: 1 piece Seat: 5A\nIssued by Alden Travel.\n"));
  EXPECT_EQ(form["template"].text(), "itinerary");
  EXPECT_EQ(field(form, "passenger")["value"].text(), "SPECIMEN/ANNA MRS");
  EXPECT_EQ(field(form, "document")["value"].text(), "X1234567");
  EXPECT_EQ(field(form, "departs")["value"].text(), "20:45");
  EXPECT_EQ(field(form, "seat")["value"].text(), "5A");
}

TEST(Form, ALetterOfALabelMayBeMisread) {
  const Json form = only(
      read_lines("CERTIFICADO DE NACINIENTO\nApellldos: Quispe Rojas\nNombre: Juan\nFecha de nacimienlo: 12.03.1984\n"
                 "Lugar de nacimiento: San Telmo\nNúmero de acta: 114\nPadre: Pedro Quispe\nMadre: Ana Rojas\n"));
  EXPECT_EQ(form["form"].text(), "birth_certificate");
  EXPECT_EQ(field(form, "surname")["value"].text(), "Quispe Rojas");
  EXPECT_EQ(field(form, "birth_date")["value"].text(), "12.03.1984");
}

TEST(Form, WhatOnlySpeaksOfAFormIsNone) {
  for (const std::string_view text :
       {"INVOICE\n\nThe invoice number, the invoice date, the seller and the buyer stand on every invoice, with the "
        "unit "
        "price, the amount and the total due.\nSubtotal and VAT are shown as well.\n",
        "How to fill in an invoice\nInvoice No: a running number without gaps\nInvoice date: the day on which it is "
        "written\nSeller: who sells the goods or does the work\nBuyer: whoever has to pay for it in the end\nTotal "
        "due: "
        "what remains when all is summed up\n",
        "Hello,\n\nthe \"Seller\", the \"Buyer\" and the \"VAT No\" cannot be read on your invoice. Send it again.\n",
        "Seller ........ 3\nBuyer ........ 4\nVAT No ........ 5\nUnit price ........ 8\nSubtotal ........ 9\nTotal due "
        "........ 10\nInvoice date ........ 11\nINVOICE ........ 12\n",
        ""}) {
    EXPECT_TRUE(read_lines(text).empty()) << text;
  }
}

TEST(Form, TheSameLabelsInNoOrderAreNone) {
  EXPECT_TRUE(read_lines("Total due: 300.00 EUR\nVAT: 50.00\nBuyer: Kestrel Works Inc\nSubtotal: 250.00\n"
                         "Unit price   2.50\nInvoice date: 12 March 2023\nVAT No: UT123456\nSeller: Alden Freight Ltd\n"
                         "Invoice No: INV-2023-114\nINVOICE\n")
                  .empty());
}

// Words as a drawn page has them: `lines` of words with their left sides, 40 high, 60 apart.
PageLayout layout_of(std::string_view text, double slant) {
  PageLayout out;
  std::size_t point = 0;
  int y = 100;
  for (const std::string_view line : split(text, '\n')) {
    int x = 100;
    for (const std::string_view word : split(line, ' ')) {
      const int wide = 20 * static_cast<int>(word.size());
      if (!word.empty()) {
        const int down = static_cast<int>(slant * x);
        out.words.push_back({{point, point + word.size()}, x, y + down, x + wide, y + 40 + down});
      }
      x += wide + 20;
      point += word.size() + 1;
    }
    y += 60;
  }
  return out;
}

TEST(Form, APageOnItsSideGivesBoxesInThePicturesGrid) {
  Text text;
  text.utf8 = kInvoice;
  text.region.page = 2;
  text.grade = Grade::Doubtful;
  PageLayout layout = layout_of(kInvoice, 0);
  layout.placing = {0, 1, -1, 0, 2000, 0};  // a quarter: x' = 2000 - y, y' = x
  const std::vector<Reading> readings = FormReader().read(text, [&] { return layout; });
  const Json form = only(readings);
  EXPECT_EQ(form["form"].text(), "invoice");
  const Json number = field(form, "number");
  const auto& box = number["box"].items();
  ASSERT_EQ(box.size(), 4U);
  EXPECT_EQ(box[0].items()[0].real(), 2000 - 220);  // third line: its top is 220
  EXPECT_EQ(readings.at(0).region.page, 2U);
  EXPECT_TRUE(readings.at(0).region.box);
  EXPECT_EQ(readings.at(0).grade, Grade::Doubtful);
}

TEST(Form, ASlantIsTakenOut) {
  Text text;
  text.utf8 = kInvoice;
  const Json form = only(FormReader().read(text, [&] { return layout_of(kInvoice, 0.05); }));
  EXPECT_EQ(field(form, "buyer_tax_number")["value"].text(), "UT778899");
  EXPECT_EQ(field(form, "amount")["value"].text(), "250.00");
}

TEST(Form, TheLayoutIsAskedForOnlyWhereTheWordsAreThere) {
  Text text;
  text.utf8 = "A letter about the weather, with a date and a signature.\n";
  bool asked = false;
  EXPECT_TRUE(FormReader().read(text, [&] { return asked = true, PageLayout(); }).empty());
  EXPECT_FALSE(asked);
}

TEST(Form, HostilePagesEnd) {
  std::string tabs(200'000, '\t'), colons(200'000, ':'), repeated, deep;
  for (int i = 0; i < 20'000; ++i) repeated += "Invoice No: Seller: Buyer: VAT No: ", deep += "(";
  const std::string lines = std::string(kInvoice) + std::string(32'000'000, '\n');
  EXPECT_EQ(read_lines(lines).size(), 1U);
  for (const std::string& each : {tabs, colons, repeated, "Seller " + deep, std::string("INVOICE\n") + repeated})
    EXPECT_LE(read_lines(each).size(), 1U);
}

TEST(Form, TemplatesAreWellFormed) {
  for (const FormTemplate& form : form_templates().templates()) {
    EXPECT_FALSE(form.labels.empty()) << form.name;
    EXPECT_GT(form.least, 8) << form.name;
    int most = 0;
    for (const FormLabel& label : form.labels) {
      most += label.points;
      EXPECT_GE(label.column, 0) << form.name << " " << label.field;
      EXPECT_TRUE(label.field == "title" || label.row > 0) << form.name << " " << label.field;
    }
    EXPECT_GE(most, form.least * 3 / 2) << form.name;
  }
  EXPECT_EQ(form_templates().templates().size(), 20U);
}

}  // namespace
}  // namespace careo
