#include "engine/unit/bundle_table.hpp"

namespace revise::unit {

namespace {

std::string render_list(const std::string& name,
                        const std::vector<std::string>& texts) {
  std::string source = "const char* const " + name + "[] = {";
  for (const auto& text : texts) source += render_literal(text) + ", ";
  return source + "nullptr};\n";
}

std::string render_lists(std::size_t place, const BundleRevision& revision) {
  const auto number = std::to_string(place);
  return render_list("down" + number, revision.down_revisions) +
         render_list("labels" + number, revision.branch_labels) +
         render_list("depends" + number, revision.depends_on);
}

std::string render_row(std::size_t place, const BundleRevision& revision) {
  const auto number = std::to_string(place);
  return "  {" + render_literal(revision.revision) + ", down" + number + ", labels" +
         number + ", depends" + number + ", " + render_literal(revision.path) + ", " +
         render_literal(revision.doc) + ", " + render_literal(revision.notes) + ", " +
         (revision.source.empty() ? "nullptr" : "&" + entry_symbol(revision.revision)) +
         "},\n";
}

}  // namespace

std::string render_literal(const std::string& text) {
  std::string literal = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      literal += '\\';
      literal += c;
    } else if (byte >= 0x20 && byte < 0x7f) {
      literal += c;
    } else {
      // Three octal digits end by themselves, which a hexadecimal escape does not.
      literal += '\\';
      literal += static_cast<char>('0' + (byte >> 6));
      literal += static_cast<char>('0' + ((byte >> 3) & 7));
      literal += static_cast<char>('0' + (byte & 7));
    }
  }
  return literal + "\"";
}

std::string render_table(const BundleRequest& request) {
  std::string entries;
  std::string lists;
  std::string rows;
  for (std::size_t i = 0; i < request.revisions.size(); ++i) {
    const auto& revision = request.revisions[i];
    if (!revision.source.empty()) {
      entries += "extern \"C\" const revise::UnitEntry " +
                 entry_symbol(revision.revision) + ";\n";
    }
    lists += render_lists(i, revision);
    rows += render_row(i, revision);
  }
  std::string environment = "nullptr";
  if (!request.environment.empty()) {
    environment = "&" + entry_symbol(kEnvironmentName);
    entries += "extern \"C\" const revise::EnvironmentEntry " +
               entry_symbol(kEnvironmentName) + ";\n";
  }
  return "#include <revise/bundle.hpp>\n\n" + entries + "\nnamespace {\n\n" + lists +
         // An array of no rows would not compile.
         "\nconst revise::unit::BundleRow rows[] = {\n" + rows + "  {}};\n\n" +
         "const revise::unit::BundleTable table = {\n    revise::kUnitAbi, " +
         render_literal(request.name) + ",\n    " + render_literal(request.ini) +
         ",\n    rows, " + std::to_string(request.revisions.size()) + ", " +
         environment +
         "};\n\n}  // namespace\n\n"
         "extern \"C\" const revise::unit::BundleTable* revise_bundle_table();\n"
         "extern \"C\" const revise::unit::BundleTable* revise_bundle_table() {\n"
         "  return &table;\n}\n";
}

}  // namespace revise::unit
