// SPDX-License-Identifier: Apache-2.0
#include "pixels/pdf_structure.h"

#include <algorithm>
#include <qpdf/Pipeline.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFEmbeddedFileDocumentHelper.hh>
#include <qpdf/QPDFLogger.hh>
#include <qpdf/QPDFPageObjectHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <stdexcept>

namespace careo {
namespace {

constexpr int MostAnnotations = 100'000;  // a page
constexpr std::size_t MostFiles = 10'000;

/// qpdf speaks by exceptions; none leaves this file.
template <typename Action>
bool calm(Action action) {
  try {
    action();
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

/// Hands what a stream decodes to on, and lets the taker stop it.
class TakingPipeline : public Pipeline {
 public:
  explicit TakingPipeline(const std::function<bool(const std::uint8_t*, std::size_t)>* take)
      : Pipeline("take", nullptr), take_(take) {}
  void write(unsigned char const* data, size_t length) override {
    if (length > 0 && !(*take_)(data, length)) throw std::runtime_error("stopped");
  }
  void finish() override {}

 private:
  const std::function<bool(const std::uint8_t*, std::size_t)>* take_;
};

int integer_of(QPDFObjectHandle dict, const char* key) {
  QPDFObjectHandle value = dict.getKey(key);
  if (!value.isInteger()) return 0;
  const long long number = value.getIntValue();
  return number > 0 && number < 1'000'000 ? static_cast<int>(number) : 0;
}

std::string text_of_key(QPDFObjectHandle dict, const char* key) {
  QPDFObjectHandle value = dict.getKey(key);
  return value.isString() ? value.getUTF8Value() : std::string();
}

void add_file(QPDFObjectHandle specification, std::vector<PdfStructure::File>* out) {
  if (!specification.isDictionary() || out->size() >= MostFiles) return;
  QPDFFileSpecObjectHelper helper(specification);
  QPDFObjectHandle stream = helper.getEmbeddedFileStream();
  if (!stream.isStream() || stream.getObjectID() <= 0) return;
  const auto object = static_cast<std::uint64_t>(stream.getObjectID());
  const auto same = [&](const PdfStructure::File& file) { return file.object == object; };
  if (std::any_of(out->begin(), out->end(), same)) return;
  QPDFObjectHandle type = stream.getDict().getKey("/Subtype");
  out->push_back({object, helper.getFilename(), type.isName() ? type.getName().substr(1) : std::string()});
}

void each_annotation(QPDFObjectHandle page, const std::function<void(QPDFObjectHandle)>& visit) {
  QPDFObjectHandle list = page.getKey("/Annots");
  if (!list.isArray()) return;
  const int count = std::min(list.getArrayNItems(), MostAnnotations);
  for (int i = 0; i < count; ++i) {
    QPDFObjectHandle annotation = list.getArrayItem(i);
    if (annotation.isDictionary()) visit(annotation);
  }
}

// A field's value as text; "" for none, a box that is not ticked, and rich text, whose plain form stands beside it.
std::string value_of(QPDFObjectHandle value) {
  if (value.isString()) return value.getUTF8Value();
  if (value.isName()) return value.getName() == "/Off" ? std::string() : value.getName().substr(1);
  std::string out;
  if (!value.isArray()) return out;
  for (int i = 0; i < std::min(value.getArrayNItems(), 100); ++i)
    if (QPDFObjectHandle item = value.getArrayItem(i); item.isString())
      out += (i > 0 ? ", " : "") + item.getUTF8Value();
  return out;
}

// A field's name and value may stand in what holds it, up to the root (12.7.3.1).
void visit_field(QPDFObjectHandle widget, const std::function<void(const std::string&, const std::string&)>& visit) {
  std::string name;
  std::string value;
  for (int depth = 0; widget.isDictionary() && depth < 32; ++depth) {
    const std::string part = text_of_key(widget, "/T");
    if (!part.empty()) name = part + (name.empty() ? "" : "." + name);
    if (value.empty()) value = value_of(widget.getKey("/V"));
    widget = widget.getKey("/Parent");
  }
  if (!value.empty()) visit(name, value);
}

}  // namespace

struct PdfStructure::Impl {
  QPDF document;
  std::vector<QPDFObjectHandle> pages;
};

PdfStructure::PdfStructure(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
PdfStructure::~PdfStructure() = default;

namespace {

void silence(QPDF* document) {
  const std::shared_ptr<QPDFLogger> silence = QPDFLogger::create();
  silence->setInfo(silence->discard());
  silence->setWarn(silence->discard());
  silence->setError(silence->discard());
  document->setLogger(silence);
  document->setSuppressWarnings(true);
}

}  // namespace

// Streams stay as they are packed, and the name of the document (its /ID) is a hash of what it holds: written twice, it
// is the same bytes.
bool write_unlocked_pdf(const std::uint8_t* file, std::size_t length, const std::string& password,
                        std::vector<std::uint8_t>* out) {
  return calm([&] {
    QPDF document;
    silence(&document);
    document.processMemoryFile("part", reinterpret_cast<const char*>(file), length, password.c_str());
    QPDFWriter writer(document);
    writer.setOutputMemory();
    writer.setPreserveEncryption(false);
    writer.setDecodeLevel(qpdf_dl_none);
    writer.setCompressStreams(false);
    writer.setDeterministicID(true);
    writer.write();
    const std::shared_ptr<::Buffer> written = writer.getBufferSharedPointer();
    out->assign(written->getBuffer(), written->getBuffer() + written->getSize());
  });
}

std::unique_ptr<PdfStructure> PdfStructure::open(const std::uint8_t* file, std::size_t length) {
  auto impl = std::make_unique<Impl>();
  const bool followed = calm([&] {
    silence(&impl->document);
    impl->document.processMemoryFile("part", reinterpret_cast<const char*>(file), length);
    impl->pages = impl->document.getAllPages();
  });
  if (!followed) return nullptr;
  return std::unique_ptr<PdfStructure>(new PdfStructure(std::move(impl)));
}

std::size_t PdfStructure::pages() const {
  return impl_->pages.size();
}

void PdfStructure::each_image(std::size_t page, const std::function<void(int, int)>& visit) {
  if (page >= impl_->pages.size()) return;
  calm([&] {
    QPDFPageObjectHelper(impl_->pages[page])
        .forEachImage(true, [&](QPDFObjectHandle& image, QPDFObjectHandle&, const std::string&) {
          QPDFObjectHandle dict = image.getDict();
          visit(integer_of(dict, "/Width"), integer_of(dict, "/Height"));
        });
  });
}

void PdfStructure::each_remark(std::size_t page,
                               const std::function<void(const std::string&, const std::string&)>& visit) {
  if (page >= impl_->pages.size()) return;
  calm([&] {
    each_annotation(impl_->pages[page], [&](QPDFObjectHandle annotation) {
      QPDFObjectHandle kind = annotation.getKey("/Subtype");
      if (!kind.isName() || kind.getName() == "/Link" || kind.getName() == "/Widget" || kind.getName() == "/Popup")
        return;
      visit(text_of_key(annotation, "/T"), text_of_key(annotation, "/Contents"));
    });
  });
}

void PdfStructure::each_field(std::size_t page,
                              const std::function<void(const std::string&, const std::string&)>& visit) {
  if (page >= impl_->pages.size()) return;
  calm([&] {
    each_annotation(impl_->pages[page], [&](QPDFObjectHandle annotation) {
      QPDFObjectHandle kind = annotation.getKey("/Subtype");
      if (kind.isName() && kind.getName() == "/Widget") visit_field(annotation, visit);
    });
  });
}

std::vector<PdfStructure::File> PdfStructure::files() {
  std::vector<File> out;
  calm([&] {
    for (const auto& named : QPDFEmbeddedFileDocumentHelper(impl_->document).getEmbeddedFiles()) {
      add_file(named.second->getObjectHandle(), &out);
    }
  });
  for (const QPDFObjectHandle& page : impl_->pages) {
    calm(
        [&] { each_annotation(page, [&](QPDFObjectHandle annotation) { add_file(annotation.getKey("/FS"), &out); }); });
  }
  std::sort(out.begin(), out.end(), [](const File& a, const File& b) { return a.object < b.object; });
  return out;
}

bool PdfStructure::give(std::uint64_t object, const std::function<bool(const std::uint8_t*, std::size_t)>& take) {
  TakingPipeline pipeline(&take);
  bool whole = false;
  const bool quiet = calm([&] {
    QPDFObjectHandle stream = impl_->document.getObjectByID(static_cast<int>(object), 0);
    if (stream.isStream()) whole = stream.pipeStreamData(&pipeline, 0, qpdf_dl_all, true);
  });
  return quiet && whole;
}

}  // namespace careo
