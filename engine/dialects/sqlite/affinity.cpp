#include "engine/dialects/sqlite/affinity.hpp"

#include <string>

#include "engine/core/text.hpp"

namespace revise::sqlite {

namespace {

enum class Class {
  Integer,
  Text,
  Number,
  Bytes,
  Boolean,
  Date,
  DateTime,
  Time,
  Json,
  None
};

struct Row {
  std::string_view word;
  Class type_class;
};

// SQLAlchemy's names of SQLite's types (sqlite/base.py, ischema_names).
constexpr Row kNames[] = {
    {"bigint",           Class::Integer },
    {"blob",             Class::Bytes   },
    {"bool",             Class::Boolean },
    {"boolean",          Class::Boolean },
    {"char",             Class::Text    },
    {"date",             Class::Date    },
    {"datetime",         Class::DateTime},
    {"double",           Class::Number  },
    {"double_precision", Class::Number  },
    {"decimal",          Class::Number  },
    {"float",            Class::Number  },
    {"int",              Class::Integer },
    {"integer",          Class::Integer },
    {"json",             Class::Json    },
    {"numeric",          Class::Number  },
    {"real",             Class::Number  },
    {"smallint",         Class::Integer },
    {"text",             Class::Text    },
    {"time",             Class::Time    },
    {"timestamp",        Class::DateTime},
    {"varchar",          Class::Text    },
    {"nvarchar",         Class::Text    },
};

// https://sqlite.org/datatype3.html#determination_of_column_affinity
constexpr Row kParts[] = {
    {"int",  Class::Integer},
    {"char", Class::Text   },
    {"clob", Class::Text   },
    {"text", Class::Text   },
    {"blob", Class::None   },
    {"real", Class::Number },
    {"floa", Class::Number },
    {"doub", Class::Number },
};

Class class_of(std::string_view type) {
  const std::string word = lower(strip(type.substr(0, type.find('('))));
  const auto collation = word.find(" collate ");
  const auto name = std::string_view(word).substr(0, collation);
  for (const Row& row : kNames) {
    if (row.word == name) return row.type_class;
  }
  if (name.empty()) return Class::None;
  for (const Row& row : kParts) {
    if (name.find(row.word) != name.npos) return row.type_class;
  }
  return Class::Number;
}

}  // namespace

bool needs_cast(std::string_view before, std::string_view after) {
  const Class wanted = class_of(after);
  switch (wanted) {
    case Class::Date:
    case Class::DateTime:
    case Class::Time:
    case Class::Json:
    case Class::None:
      return false;
    case Class::Integer:
    case Class::Text:
    case Class::Number:
    case Class::Bytes:
    case Class::Boolean:
      break;
  }
  return class_of(before) != wanted;
}

bool makes_numbers(std::string_view type) {
  const Class wanted = class_of(type);
  return wanted == Class::Integer || wanted == Class::Number ||
         wanted == Class::Boolean;
}

}  // namespace revise::sqlite
