// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/forms/ToneLabel.h"

namespace carillon {
class AccountService;
class LiveService;
struct LiveDigest;
} // namespace carillon

namespace carillon::ui {

// A line above the accounts that says what is wrong with the provider files of the workspace's folder; not there when
// nothing is. It follows the engine, and tells when the kinds of accounts have changed. The services outlive it.
class ProviderNotice : public ToneLabel {
    Q_OBJECT

public:
    ProviderNotice(const AccountService& accounts, const LiveService& live, QWidget* parent = nullptr);

Q_SIGNALS:
    void providersChanged();

private:
    void refresh();
    void takeDigest(const LiveDigest& digest);

    const AccountService& m_accounts;
};

} // namespace carillon::ui
