/// What libpq writes of a connection that was refused.

#include "engine/driver/postgresql_open.hpp"

#include <doctest/doctest.h>

namespace {

using revise::driver::parse_refusal;

const std::string kTo = "connection to server at \"h\" (10.0.0.1), port 5432 failed: ";

}  // namespace

TEST_SUITE("driver/postgresql_open") {
  TEST_CASE("a server's refusal is told in its words, with its code") {
    const auto refusal =
        parse_refusal(kTo +
                      "FATAL:  28P01: password authentication failed for user \"u\"\n"
                      "LOCATION:  auth_failed, auth.c:326\n");
    CHECK(refusal.message == kTo + "password authentication failed for user \"u\"");
    CHECK(refusal.code == "28P01");
    CHECK(refusal.detail == "");
    CHECK(refusal.hint == "");
  }

  TEST_CASE("a refusal is taken apart in any language") {
    const auto refusal = parse_refusal(
        "Verbindung zu Server auf Socket »/run/.s.PGSQL.5432« fehlgeschlagen: "
        "SCHWERWIEGEND:  42501: keine Berechtigung für Datenbank d\n"
        "DETAIL:  Benutzer hat das CONNECT-Privileg nicht.\n"
        "ORT:  CheckMyDatabase, postinit.c:384\n");
    CHECK(refusal.message ==
          "Verbindung zu Server auf Socket »/run/.s.PGSQL.5432« fehlgeschlagen: keine "
          "Berechtigung für Datenbank d");
    CHECK(refusal.code == "42501");
    CHECK(refusal.detail == "Benutzer hat das CONNECT-Privileg nicht.");
  }

  TEST_CASE("where no server answers, libpq's guess is a hint") {
    const auto refusal = parse_refusal(
        kTo +
        "Connection refused\n\tIs the server running on that host and accepting "
        "TCP/IP connections?\n");
    CHECK(refusal.message == kTo + "Connection refused");
    CHECK(refusal.code == "");
    CHECK(refusal.hint ==
          "Is the server running on that host and accepting TCP/IP connections?");
  }

  TEST_CASE("each host's refusal is told, in the order they were asked") {
    const auto refusal =
        parse_refusal(kTo + "Connection refused\n\tIs it running?\n" + kTo +
                      "FATAL:  57P03: the database system is starting up\n"
                      "LOCATION:  ProcessStartupPacket, postmaster.c:2372\n" +
                      kTo + "Connection refused\n\tIs it running?\n");
    CHECK(refusal.message == kTo + "Connection refused; " + kTo +
                                 "the database system is starting up; " + kTo +
                                 "Connection refused");
    CHECK(refusal.code == "57P03");
    CHECK(refusal.hint == "Is it running?");
  }
}
