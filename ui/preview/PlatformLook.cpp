// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preview/PlatformLook.h"

#include <QApplication>

namespace carillon::ui {

namespace {

// A look in figures: 0xRRGGBB.
struct Figures {
    QRgb ground, groundEnd, bubble, border, text, muted, link, name, codeText, codeGround, quoteBar;
    QRgb button, buttonText, primary, danger, raised;
};

constexpr Figures slackLight{0xffffff, 0xffffff, 0xffffff, 0xdddddd, 0x1d1c1d, 0x616061, 0x1264a3, 0x1d1c1d,
                             0xc01343, 0xf4f4f4, 0xd0d0d0, 0xffffff, 0x1d1c1d, 0x007a5a, 0xc01343, 0xf1f1f1};
constexpr Figures slackDark{0x1a1d21, 0x1a1d21, 0x1a1d21, 0x3a3d42, 0xd1d2d3, 0xababad, 0x5aa9e6, 0xe8e8e8,
                            0xe8912d, 0x2a2d31, 0x54575c, 0x1a1d21, 0xe8e8e8, 0x148567, 0xe8596f, 0x26292e};
constexpr Figures telegramLight{0xc9dfb9, 0x9fc9a5, 0xffffff, 0xffffff, 0x0f1419, 0x707b83, 0x1f78b8, 0x1f78b8,
                                0xa33a3a, 0xeef2f5, 0x3b96d3, 0x6d9475, 0xffffff, 0x6d9475, 0x6d9475, 0xe9eef1};
constexpr Figures telegramDark{0x0e1621, 0x121f2b, 0x1c2b3a, 0x1c2b3a, 0xf1f4f6, 0x8a9aa8, 0x6ab8f0, 0x6ab8f0,
                               0xf0a070, 0x14202c, 0x6ab8f0, 0x223445, 0xf1f4f6, 0x223445, 0x223445, 0x243646};
constexpr Figures whatsAppLight{0xefe7dd, 0xefe7dd, 0xffffff, 0xe4ddd3, 0x111b21, 0x667078, 0x0569a0, 0x0b6b4f,
                                0x111b21, 0xeceff0, 0x0b8f6a, 0xffffff, 0x007a8a, 0xffffff, 0xffffff, 0xe9edef};
constexpr Figures whatsAppDark{0x0b141a, 0x0b141a, 0x202c33, 0x2e3b43, 0xe9edef, 0x94a3ad, 0x53bdeb, 0x4fc9a0,
                               0xe9edef, 0x2c3940, 0x06cf9c, 0x202c33, 0x53bdeb, 0x202c33, 0x202c33, 0x2c3940};
constexpr Figures smsLight{0xffffff, 0xffffff, 0xe9e9eb, 0xcfcfd4, 0x000000, 0x66666b, 0x0a5bc4, 0x000000,
                           0x000000, 0xdcdce0, 0xf6c667, 0xe9e9eb, 0x000000, 0x0a5bc4, 0xb3261e, 0xe9e9eb};
constexpr Figures smsDark{0x000000, 0x000000, 0x26262a, 0x45454b, 0xffffff, 0x9b9ba1, 0x64a8ff, 0xffffff,
                          0xffffff, 0x3a3a40, 0x7a5a16, 0x26262a, 0xffffff, 0x64a8ff, 0xf5808a, 0x26262a};
constexpr Figures chatLight{0xf3f4f8, 0xf3f4f8, 0xffffff, 0xdde0e7, 0x1b1f2a, 0x5c6475, 0x4353d8, 0x4353d8,
                            0x8a2a5a, 0xeef0f6, 0xb9c0f2, 0xffffff, 0x4353d8, 0x4353d8, 0xc02b37, 0xe9ebf2};
constexpr Figures chatDark{0x15171c, 0x15171c, 0x22262f, 0x343946, 0xe6e8ee, 0x9aa2b3, 0x8b9bff, 0x8b9bff,
                           0xf0a0c8, 0x2c313c, 0x4a538f, 0x22262f, 0x8b9bff, 0x8b9bff, 0xf5808a, 0x2c313c};
constexpr Figures pushLight{0xa9b8e8, 0xe8c7d8, 0xf6f6fa, 0xe3e3ea, 0x14151a, 0x5b5d68, 0x2458c5, 0x3a3c46,
                            0x14151a, 0xe6e6ee, 0xc9cad6, 0xf6f6fa, 0x2458c5, 0x2458c5, 0xb3261e, 0xe4e5ee};
constexpr Figures pushDark{0x141a33, 0x3a2340, 0x2b2d36, 0x3b3e49, 0xf3f3f6, 0xb4b6c2, 0x9dbcff, 0xd4d6e0,
                           0xf3f3f6, 0x3a3c46, 0x565966, 0x2b2d36, 0x9dbcff, 0x9dbcff, 0xf5a0a0, 0x3a3d48};

const Figures& figuresOf(Platform platform, bool dark)
{
    switch (platform) {
    case Platform::Slack: return dark ? slackDark : slackLight;
    case Platform::Telegram: return dark ? telegramDark : telegramLight;
    case Platform::WhatsApp: return dark ? whatsAppDark : whatsAppLight;
    case Platform::Sms: return dark ? smsDark : smsLight;
    case Platform::Push: return dark ? pushDark : pushLight;
    case Platform::Chat:
    case Platform::InApp: return dark ? chatDark : chatLight;
    }
    return chatLight;
}

} // namespace

PlatformLook lookOf(Platform platform, bool dark)
{
    const Figures& f = figuresOf(platform, dark);
    PlatformLook look;
    look.rich = {QApplication::font(), f.text, f.muted, f.link, f.codeText, f.codeGround, f.quoteBar};
    look.rich.font.setPointSizeF(10.5);
    look.ground = f.ground;
    look.groundEnd = f.groundEnd;
    look.bubble = f.bubble;
    look.border = f.border;
    look.name = f.name;
    look.button = f.button;
    look.buttonText = f.buttonText;
    look.primary = f.primary;
    look.danger = f.danger;
    look.raised = f.raised;
    return look;
}

} // namespace carillon::ui
