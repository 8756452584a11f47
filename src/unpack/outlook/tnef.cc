// SPDX-License-Identifier: Apache-2.0
#include "unpack/outlook/tnef.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <string>

#include "base/text.h"
#include "unpack/account.h"
#include "unpack/mail/unsaid.h"
#include "unpack/mail/unshown.h"
#include "unpack/rtf/packed.h"
#include "unpack/text/charset.h"
#include "unpack/text/data_address.h"
#include "unpack/text/html_page.h"

namespace careo {
namespace {

constexpr std::string_view kName = "tnef/4";
constexpr std::uint32_t kSignature = 0x223E9F78;
// The whole is held; Exchange passes no mail of this size.
constexpr std::uint64_t kMost = 256ULL << 20;

// MS-OXTNEF, section 2.1.3.3 and following: type and id of the attributes that carry what people sent.
enum Attribute : std::uint32_t {
  kOemCodepage = 0x00069007,
  kSubject = 0x00018004,
  kBody = 0x0002800C,
  kMessageProperties = 0x00069003,
  kAttachBegin = 0x00069002,
  kAttachTitle = 0x00018010,
  kAttachData = 0x0006800F,
  kAttachProperties = 0x00069005,
};

// MS-OXPROPS: the properties that carry text, names and files.
enum Property : std::uint16_t {
  kPropertyBody = 0x1000,
  kPropertyRtf = 0x1009,
  kPropertyHtml = 0x1013,
  kPropertyDisplayName = 0x3001,
  kPropertyAttachData = 0x3701,
  kPropertyAttachName = 0x3704,
  kPropertyAttachLongName = 0x3707,
};

constexpr std::uint16_t kTypeObject = 0x000D;
constexpr std::uint16_t kTypeString8 = 0x001E;
constexpr std::uint16_t kTypeUnicode = 0x001F;
constexpr std::uint16_t kTypeBinary = 0x0102;
constexpr std::uint16_t kMultiple = 0x1000;

bool is_variable(std::uint16_t type) {
  return type == kTypeObject || type == kTypeString8 || type == kTypeUnicode || type == kTypeBinary;
}

// Bytes of a value of fixed size, padded to four (MS-OXTNEF, section 2.1.3.4); 0 where the type is unknown.
std::size_t fixed_size(std::uint16_t type) {
  switch (type) {
    case 0x0002:
    case 0x0003:
    case 0x0004:
    case 0x000A:
    case 0x000B: return 4;
    case 0x0005:
    case 0x0006:
    case 0x0007:
    case 0x0014:
    case 0x0040: return 8;
    case 0x0048: return 16;
    default: return 0;
  }
}

std::size_t padded(std::size_t length) {
  return (length + 3) / 4 * 4;
}

/// Where a value stands in the part.
struct Value {
  std::uint16_t id = 0;
  std::uint16_t type = 0;
  std::size_t begin = 0;
  std::size_t length = 0;
};

struct Run {
  std::size_t begin = 0;
  std::size_t length = 0;
};

/// What is known of the attachment being read.
struct Attachment {
  std::string title;      ///< as attAttachTitle has it: eight and three letters, or a long name
  std::string long_name;  ///< as the properties have it
  std::vector<Run> data;  ///< an attached mail has two: a notice, and the mail as an object of the properties
};

class TnefReader {
 public:
  TnefReader(Bytes bytes, const Budget& budget, Sink& sink) : bytes_(bytes), budget_(budget), sink_(sink) {}

  Result<void> read() {
    Cursor in(bytes_);
    TRY(in.take(6));
    while (in.left() > 0) {
      const std::size_t begin = in.position();
      if (!attribute(&in)) {
        damage(begin, bytes_.size(), "bytes behind the last whole attribute");
        break;
      }
      if (error_) return tl::unexpected<Error>(*error_);
    }
    flush_attachment();
    TRY(give_text());
    account_.settle(bytes_.size(), sink_);
    return {};
  }

 private:
  // One attribute; false where none begins here.
  bool attribute(Cursor* in) {
    const auto level = in->u8();
    const auto id = in->u32le();
    const auto length = in->u32le();
    if (!level || !id || !length || *level < 1 || *level > 2) return false;
    const std::size_t at = in->position();
    const auto data = in->take(*length);
    if (!data) return false;
    const auto sum = in->u16le();
    const std::uint32_t counted = std::accumulate(data->begin(), data->end(), std::uint32_t{0});
    if (!sum || *sum != (counted & 0xFFFF)) damage(at, at, "an attribute's checksum is wrong");
    understand(*id, at, *data);
    return true;
  }

  void understand(std::uint32_t id, std::size_t at, Bytes data) {
    switch (id) {
      case kOemCodepage:
        if (data.size() >= 4) codepage_ = Cursor(data).u32le().value_or(0);
        break;
      case kSubject: break;
      case kBody: body_ = decoded(data); break;
      case kAttachBegin: flush_attachment(); break;
      case kAttachTitle: attachment_.title = decoded(data); break;
      case kAttachData: attachment_.data.push_back({at, data.size()}); break;
      case kMessageProperties: properties(at, data, [this](const Value& value) { message_property(value); }); break;
      case kAttachProperties: properties(at, data, [this](const Value& value) { attachment_property(value); }); break;
      default: break;
    }
  }

  void keep_error(Result<void> result) {
    if (!result && !error_) error_ = std::move(result).error();
  }

  // --- properties (MS-OXTNEF, section 2.1.3.4) ---

  template <typename Each>
  void properties(std::size_t base, Bytes data, Each&& each) {
    Cursor in(data);
    const auto count = in.u32le();
    if (!count) return;
    for (std::uint32_t i = 0; i < *count; ++i) {
      Value value;
      const auto type = in.u16le();
      const auto id = in.u16le();
      if (!type || !id || (*id >= 0x8000 && !skip_name(&in)) || !values(&in, *type, &value)) {
        damage(base + in.position(), base + data.size(), "properties broken");
        return;
      }
      value.id = *id;
      value.type = *type;
      value.begin += base;
      each(value);
    }
  }

  // A named property: its set, and its number or its name.
  static bool skip_name(Cursor* in) {
    if (!in->take(16)) return false;
    const auto kind = in->u32le();
    const auto number = in->u32le();
    if (!kind || !number) return false;
    return *kind == 0 || in->take(padded(*number)).has_value();
  }

  // Moves behind the values and keeps where the first stands.
  static bool values(Cursor* in, std::uint16_t type, Value* out) {
    const auto base_type = static_cast<std::uint16_t>(type & ~kMultiple);
    std::uint32_t count = 1;
    if (is_variable(base_type) || (type & kMultiple) != 0) {
      const auto read = in->u32le();
      if (!read) return false;
      count = *read;
    }
    for (std::uint32_t i = 0; i < count; ++i) {
      std::size_t length = fixed_size(base_type);
      if (is_variable(base_type)) {
        const auto read = in->u32le();
        if (!read) return false;
        length = *read;
      } else if (length == 0) {
        return false;
      }
      if (i == 0) {
        out->begin = in->position();
        out->length = length;
      }
      if (!in->take(padded(length))) return false;
    }
    return true;
  }

  std::string text_of_value(const Value& value) const {
    const Bytes data = slice(bytes_, value.begin, value.length);
    if (value.type != kTypeUnicode) return decoded(data);
    return without_end(decode_text(data, "utf-16le").utf8);
  }

  std::string decoded(Bytes data) const {
    const std::string charset = codepage_ == 0 ? std::string() : charset_of_code_page(codepage_);
    const DecodedText text = decode_text(bytes_of(without_end(std::string(text_of(data)))), charset);
    return text.utf8;
  }

  static std::string without_end(std::string text) {
    while (!text.empty() && text.back() == '\0') text.pop_back();
    return text;
  }

  void message_property(const Value& value) {
    if (value.id == kPropertyBody) body_ = text_of_value(value);
    if (value.id == kPropertyHtml) html_ = value;
    if (value.id == kPropertyRtf && value.type == kTypeBinary) keep_error(give_rtf(value));
  }

  void attachment_property(const Value& value) {
    if (value.id == kPropertyAttachLongName) attachment_.long_name = text_of_value(value);
    if ((value.id == kPropertyAttachName || value.id == kPropertyDisplayName) && attachment_.title.empty())
      attachment_.title = text_of_value(value);
    constexpr std::size_t kInterfaceId = 16;  // stands before an object: an attached mail, or an OLE document
    if (value.id != kPropertyAttachData) return;
    const bool object = value.type == kTypeObject && value.length >= kInterfaceId;
    if (object) attachment_.data.push_back({value.begin + kInterfaceId, value.length - kInterfaceId});
    if (!object && attachment_.data.empty()) attachment_.data.push_back({value.begin, value.length});
  }

  // --- what is found ---

  void flush_attachment() {
    Attachment made = std::move(attachment_);
    attachment_ = {};
    for (const Run& run : made.data) {
      if (waiting_.size() >= budget_.children || budget_.depth_left == 0) {
        damage(run.begin, run.begin + run.length, "child limit");
        continue;
      }
      Child child;
      child.step = Step::range(run.begin, run.length);
      child.name = made.long_name.empty() ? made.title : made.long_name;
      account_.add(Claim::By::Child, {run.begin, run.length});
      waiting_.push_back(std::move(child));
    }
  }

  Result<void> give_rtf(const Value& value) {
    if (budget_.depth_left == 0) return {};
    const UnpackedRtf rtf = unpack_rtf(slice(bytes_, value.begin, value.length), budget_.bytes_out);
    if (rtf.bytes.empty()) return {};
    Child child;
    child.step = Step::node((std::uint64_t{kPropertyRtf} << 16) | kTypeBinary);
    child.name = "message.rtf";
    child.media_type = "text/rtf";
    if (!rtf.complete) note(value.begin, value.begin + value.length, "compressed text damaged");
    TRY(sink_.derived(std::move(child)));
    TRY(sink_.derived_bytes(rtf.bytes));
    return sink_.derived_end();
  }

  // The plain body, and what only the HTML says. The RTF is a child, whose opener knows RTF.
  Result<void> give_text() {
    Text text;
    HtmlPage page;
    text.utf8 = std::move(body_);
    text.reader = kName;
    if (html_.length > 0) {
      page = html_page(slice(bytes_, html_.begin, html_.length), {});
      const bool alone = trim(text.utf8).empty();
      const std::string more = alone ? std::move(page.text.utf8) : unsaid(text.utf8, {page.text.utf8})[0];
      if (!alone && !more.empty() && !text.utf8.ends_with('\n')) text.utf8 += '\n';
      text.utf8 += more;
    }
    tidy_text(&text.utf8);
    put_behind(&text.utf8, unshown(text.utf8, {page.unseen}));
    if (auto reading = page_reading({}, page.properties, kName)) TRY(sink_.reading(std::move(*reading)));
    for (Child& child : waiting_) TRY(sink_.child(std::move(child)));
    TRY(give_data_addresses(slice(bytes_, html_.begin, html_.length), html_.begin, budget_, &account_, sink_));
    if (trim(text.utf8).empty()) return {};
    text.grade = codepage_ == 0 ? Grade::Unconfirmed : Grade::Checked;
    return sink_.text(std::move(text));
  }

  void damage(std::size_t begin, std::size_t end, std::string reason) {
    account_.unread({begin, end - begin}, std::move(reason), sink_);
  }

  // Bytes that are claimed otherwise.
  void note(std::size_t begin, std::size_t end, std::string reason) {
    Unread made;
    if (end > begin) made.region.bytes = Region::Span{begin, end};
    made.length = end - begin;
    made.reason = std::move(reason);
    sink_.unread(std::move(made));
  }

  Bytes bytes_;
  const Budget& budget_;
  Sink& sink_;
  std::uint32_t codepage_ = 0;
  std::string body_;
  Value html_;
  Attachment attachment_;
  std::vector<Child> waiting_;
  Account account_;
  std::optional<Error> error_;
};

class TnefOpener : public Opener {
 public:
  std::string_view name() const override { return kName; }
  bool may(Bytes head, const Hints&) const override {
    const auto signature = Cursor(head).u32le();
    return signature && *signature == kSignature;
  }
  Result<void> open(PartBytes& part, const Hints&, const Budget& budget, Sink& sink) const override {
    if (part.size() > kMost) return fail(Fault::Refused, "larger than any mail");
    const Bytes bytes = TRY(part.at(0, part.size()));
    sink.media_type("application/ms-tnef");
    return TnefReader(bytes, budget, sink).read();
  }
};

}  // namespace

const Opener* tnef_opener() {
  static const TnefOpener opener;
  return &opener;
}

}  // namespace careo
