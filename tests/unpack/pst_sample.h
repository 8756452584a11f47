// SPDX-License-Identifier: Apache-2.0
// A small store: a folder with one mail (recipients, a large attachment, a mail in it), an orphan, a deleted item.
#pragma once

#include <optional>

#include "unpack/msg_maker.h"
#include "unpack/pst_maker.h"

namespace careo {

inline PstMakerValue pst_text(std::uint16_t id, std::u16string_view text) {
  return {id, mapi::kUnicode, wide(text), 0};
}
inline PstMakerValue pst_number(std::uint16_t id, std::uint32_t number) {
  Packer out;
  out.u32le(number);
  return {id, mapi::kLong, out.take(), 0};
}

inline std::string sample_pst(PstFormat format, PstCoding coding, std::uint32_t stated = 1) {
  constexpr std::uint32_t kRoot = 0x122, kInbox = 0x8082, kFirst = 0x200024, kOrphan = 0x200044, kDeleted = 0x200064;
  PstMaker maker(format, coding);
  maker.node({0x21, 0, maker.properties({pst_text(mapi::kDisplayName, u"Almacén")}), 0});
  maker.node({kRoot, kRoot, maker.properties({pst_number(0x3602, 0)}), 0});
  maker.node(
      {kInbox, kRoot, maker.properties({pst_text(mapi::kDisplayName, u"Bandeja"), pst_number(0x3602, stated)}), 0});
  maker.node({(kInbox & ~0x1FU) | PstNode::kContents, kInbox, maker.table({{kFirst, {}}}), 0});

  // One name: the keywords of PS_PUBLIC_STRINGS, as property 0x8000.
  Packer entries, strings;
  entries.u32le(0).u16le(2 << 1 | 1).u16le(0);
  strings.u32le(16).raw(wide(u"Keywords"));
  maker.node(
      {0x61, 0,
       maker.properties(
           {{2, mapi::kBinary, {}, 0}, {3, mapi::kBinary, entries.take(), 0}, {4, mapi::kBinary, strings.take(), 0}}),
       0});
  Packer keywords;
  keywords.u32le(2).u32le(12).u32le(18).raw(wide(u"uno")).raw(wide(u"dos"));

  const PstNode recipients{0x692, 0,
                           maker.table({{1,
                                         {pst_number(mapi::kRecipientType, 1), pst_text(mapi::kDisplayName, u"Luis"),
                                          pst_text(mapi::kSmtpAddress, u"luis@example.org")}}}),
                           0};
  const PstNode body{0x1F, 0, maker.data(Buffer(20'000, 'x')), 0};
  const PstNode file{0x8025, 0,
                     maker.properties({{mapi::kAttachData, mapi::kBinary, {}, 0x1F},
                                       pst_number(mapi::kAttachMethod, 1),
                                       pst_text(mapi::kAttachLongName, u"lista.bin")}),
                     maker.subnodes({body})};
  const PstNode inner{
      0x200084, 0, maker.properties({pst_text(mapi::kMessageClass, u"IPM.Note"), pst_text(mapi::kSubject, u"dentro")}),
      0};
  Packer object;
  object.u32le(inner.id).u32le(0);
  const PstNode message{0x8045, 0,
                        maker.properties({{mapi::kAttachData, mapi::kObject, object.take(), 0},
                                          pst_number(mapi::kAttachMethod, 5),
                                          pst_text(mapi::kDisplayName, u"reenviado")}),
                        maker.subnodes({inner})};
  Packer sent;
  sent.u64le(131'340'000'000'000'000);
  // The subject as stores keep it: two marks before it.
  maker.node({kFirst, kInbox,
              maker.properties({pst_text(mapi::kMessageClass, u"IPM.Note"),
                                pst_text(mapi::kSubject, u"\x01\x01Lista de septiembre"),
                                {mapi::kSubmitTime, mapi::kTime, sent.take(), 0},
                                pst_text(mapi::kBody, u"Los pasaportes van aparte."),
                                {0x8000, mapi::kUnicode | mapi::kMany, keywords.take(), 0}}),
              maker.subnodes({recipients, file, message})});
  maker.node({kOrphan, kInbox,
              maker.properties({pst_text(mapi::kMessageClass, u"IPM.Note"), pst_text(mapi::kSubject, u"huérfano")}),
              0});
  maker.old_node({kDeleted, kInbox,
                  maker.properties({pst_text(mapi::kMessageClass, u"IPM.Note"), pst_text(mapi::kSubject, u"borrado")}),
                  0});
  return maker.file();
}

}  // namespace careo
