// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace carillon {

class Clock;
class Dispatch;
class ProviderFolder;
class Store;

// From now on, what changes among the workspace's provider files is in the log ("provider.changed", "provider.removed",
// "provider.refused"), and accounts of a provider that changed have new senders. What is on the wire is finished by the old
// ones. Call it in the engine's thread, where all of them live; the store and the clock outlive the folder.
void followProviders(ProviderFolder& folder, Store& store, const Clock& clock, Dispatch& dispatch);

} // namespace carillon
