// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ProviderFixture.h"
#include "engine/base/ManualClock.h"
#include "engine/provider/BuiltInProviders.h"

#include <optional>

namespace carillon {

// The providers of the source tree (resources/providers/*.json, and those that are C++ and have a fixture) with their
// fixtures (tests/providers/*.json), for tests that go through them all.
class ProviderSet {
public:
    // All, or only those of `chosen`.
    explicit ProviderSet(const QStringList& chosen = {});

    // What is wrong with the files: a sentence each; a provider file without a fixture, too.
    QStringList problems() const { return m_problems; }
    QStringList keys() const { return m_keys; }

    // The fixture of a key, whose platform is at `server`.
    Result<ProviderFixture> fixture(const QString& key, const QString& server) const;

    // The account with its defaults, checked; warns when it is not right.
    std::optional<AccountConfig> account(const ProviderFixture& fixture, const QJsonObject& differences = {}) const;
    const ProviderDescription& description(const QString& key) const { return registry().find(key)->description(); }
    // A sender of the fixture's account, as `differences` change it, null, with a warning that says why, when the
    // account is not right. With a clock that stands still at ProviderFixture::Now.
    std::unique_ptr<Sender> makeSender(const ProviderFixture& fixture, const QJsonObject& differences = {});

    // What makeSender() uses from now on: as the files say, or with time-outs of a test's length, or with a transport that
    // keeps off private networks unless the account allows them.
    enum class Manner { Usual, Impatient, Strict };
    void setManner(Manner manner) { m_manner = manner; }

    ManualClock& clock() { return m_clock; }

    // True when `name` is a provider of the source tree.
    static bool isKey(const QString& name);
    static QString providerPath(const QString& key);
    static QString fixturePath(const QString& key);

private:
    void load(const QString& key);
    void loadImpatient(const QString& key);
    const ProviderRegistry& registry() const;

    ManualClock m_clock{ProviderFixture::Now};
    struct Registered {
        ProviderServices services;
        ProviderRegistry registry;
    };
    Registered m_usual;
    Registered m_impatient;
    Registered m_strict;
    Manner m_manner = Manner::Usual;
    QStringList m_keys;
    QStringList m_problems;
};

} // namespace carillon
