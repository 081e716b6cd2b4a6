#include "engine/script/environment_file.hpp"

#include <unistd.h>

#include "engine/script/cpp_lexer.hpp"
#include "engine/script/file_reader.hpp"

namespace revise::script {

std::string find_environment(const std::string& directory) {
  const std::string path = directory + "/" + kEnvironmentFile;
  if (access(path.c_str(), F_OK) != 0) return {};
  const Folder folder(directory);
  std::string buffer;
  const Source source{folder.read(kEnvironmentFile, buffer), path};
  const SplicedText spliced(source.text);
  CppLexer lexer(spliced, source);
  const bool has_code =
      lexer.next().kind != TokenKind::End || lexer.text_directives() > 0;
  return has_code ? path : std::string();
}

}  // namespace revise::script
