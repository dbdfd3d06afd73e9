// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/model/Caller.h"

namespace carillon {

class AccountService;
class CampaignService;
class ContactService;
class DashboardService;
class DeliveryService;
class DeviceService;
class LiveService;
class NotificationService;
class OverviewService;
class TemplateService;
class TopicService;
class TriggerService;
class WorkspaceService;

// All that a face (window, command line, API) needs of the engine. Everything in it belongs to the Engine and outlives the
// face.
struct Services {
    TopicService& topics;
    TemplateService& templates;
    ContactService& contacts;
    AccountService& accounts;
    CampaignService& campaigns;
    DeliveryService& deliveries;
    OverviewService& overview;
    DashboardService& dashboards;
    LiveService& live;
    NotificationService& notifications;
    TriggerService& triggers;
    WorkspaceService& workspace;
    DeviceService& devices;
};

} // namespace carillon
