/* A device with its customer, and short ways to ask it things. */
#include "world.h"

const strongroom_device_t device = {
    .serial = "700022",
    .provider = {0xb0, 1},
    .vendor = {0xd0, 1},
    .deployment = STRONGROOM_DEPLOYMENT_FIRMWARE,
};

static const uint8_t customer[16] = {0xc0, 1};

strongroom_principal_t person(uint8_t role, uint8_t number)
{
    strongroom_principal_t person = {.role = role};
    if (role >= STRONGROOM_ROLE_CORE) /* a part of the device itself */
        return person;
    const uint8_t *organisation = role <= STRONGROOM_ROLE_CRYPTO_USER ? customer : device.provider;
    memcpy(person.organisation, role == STRONGROOM_ROLE_SUPPORT ? device.vendor : organisation, 16);
    memcpy(person.id, person.organisation, 16);
    person.id[0] = 0xee;
    person.id[15] = number;
    return person;
}

strongroom_command_t command(uint8_t verb, strongroom_principal_t by)
{
    strongroom_command_t command = {.verb = verb, .by = by};
    return command;
}

static strongroom_reply_t apply(struct world *world, const strongroom_command_t *command)
{
    strongroom_reply_t reply = {0};
    world->now++;
    EXPECT_STATUS(strongroom_engine_apply(&world->engine, world->now, command, &reply), STRONGROOM_OK);
    return reply;
}

void drain(struct world *world)
{
    static const struct { uint8_t log, role; } drains[] = {
        {STRONGROOM_LOG_TENANT, STRONGROOM_ROLE_AUDITOR},
        {STRONGROOM_LOG_LIFECYCLE, STRONGROOM_ROLE_POOL},
    };
    for (size_t i = 0; i < sizeof drains / sizeof drains[0]; i++) {
        uint32_t first = 0, size = 0;
        EXPECT_STATUS(strongroom_log_first(&world->engine, drains[i].log, &first), STRONGROOM_OK);
        EXPECT_STATUS(strongroom_log_size(&world->engine, drains[i].log, &size), STRONGROOM_OK);
        if (first == size)
            continue;
        strongroom_command_t acknowledge = command(STRONGROOM_VERB_ACKNOWLEDGE, person(drains[i].role, 9));
        acknowledge.with.acknowledge.log = drains[i].log;
        acknowledge.with.acknowledge.next = size;
        apply(world, &acknowledge);
    }
}

strongroom_reply_t go(struct world *world, const strongroom_command_t *asked)
{
    drain(world);
    strongroom_reply_t reply = apply(world, asked);
    if (reply.verdict != STRONGROOM_VERDICT_ACCEPTED) {
        fprintf(stderr, "%s: refused by %s\n", strongroom_verb_name(asked->verb), strongroom_rule_name(reply.rule));
        failures++;
    }
    strongroom_effect_t effect;
    while (strongroom_outbox_entry(&world->engine, 0, &effect) == STRONGROOM_OK && failures == 0) {
        strongroom_command_t confirm = command(STRONGROOM_VERB_CONFIRM, person(STRONGROOM_ROLE_ENFORCER, 0));
        confirm.with.confirm.effect = effect.id;
        drain(world);
        apply(world, &confirm);
    }
    return reply;
}

static void go_as(struct world *world, uint8_t verb, strongroom_principal_t by)
{
    strongroom_command_t asked = command(verb, by);
    go(world, &asked);
}

static void make_pooled(struct world *world)
{
    const strongroom_principal_t pia = person(STRONGROOM_ROLE_POOL, 1), core = person(STRONGROOM_ROLE_CORE, 0);
    const strongroom_optional_principal_t paul = {1, person(STRONGROOM_ROLE_POOL, 2)};
    strongroom_policy_t policy;
    EXPECT_STATUS(strongroom_policy_numbers(STRONGROOM_POLICY_AZURE, &policy), STRONGROOM_OK);

    strongroom_command_t arrive = command(STRONGROOM_VERB_ARRIVE, person(STRONGROOM_ROLE_HANDS, 1));
    memcpy(arrive.with.arrive.serial, device.serial, sizeof device.serial);
    go(world, &arrive);

    strongroom_command_t stm_ok = command(STRONGROOM_VERB_STM_OK, pia);
    stm_ok.second = paul;
    memset(stm_ok.with.stm_ok.expected, 7, 32);
    memset(stm_ok.with.stm_ok.shown, 7, 32);
    stm_ok.with.stm_ok.seals_whole = 1;
    go(world, &stm_ok);

    strongroom_command_t zeroize = command(STRONGROOM_VERB_ZEROIZE_LOCAL, pia);
    zeroize.second = paul;
    go(world, &zeroize);

    strongroom_command_t erase_done = command(STRONGROOM_VERB_ERASE_DONE, core);
    erase_done.with.erase_done.areas = policy.erase_list;
    go(world, &erase_done);

    strongroom_command_t verify_ok = command(STRONGROOM_VERB_VERIFY_OK, core);
    memcpy(verify_ok.with.verify_ok.read_back, policy.erased, sizeof policy.erased);
    go(world, &verify_ok);
    go_as(world, STRONGROOM_VERB_UNBOUND, core);

    strongroom_command_t baseline_ok = command(STRONGROOM_VERB_BASELINE_OK, pia);
    strcpy(baseline_ok.with.baseline_ok.firmware, "7.1.0");
    baseline_ok.with.baseline_ok.password_discarded = 1;
    baseline_ok.with.baseline_ok.logs_cleared = 1;
    baseline_ok.with.baseline_ok.self_test_passed = 1;
    go(world, &baseline_ok);
}

void make_operational(struct world *world)
{
    const strongroom_principal_t pia = person(STRONGROOM_ROLE_POOL, 1), ada = person(STRONGROOM_ROLE_ADMIN, 1);
    make_pooled(world);

    strongroom_command_t enrol = command(STRONGROOM_VERB_REGISTER, pia);
    memcpy(enrol.with.register_.organisation, customer, sizeof customer);
    enrol.with.register_.approved = 1;
    go(world, &enrol);

    strongroom_command_t set_plan = command(STRONGROOM_VERB_SET_PLAN, pia);
    set_plan.with.set_plan.plan = STRONGROOM_PLAN_DEVELOPER;
    go(world, &set_plan);

    strongroom_command_t set_place = command(STRONGROOM_VERB_SET_PLACE, ada);
    strcpy(set_place.with.set_place.region, "japaneast");
    strcpy(set_place.with.set_place.network, "vnet");
    go(world, &set_place);
    go_as(world, STRONGROOM_VERB_REQUEST_ALLOCATION, ada);

    strongroom_command_t set_roster = command(STRONGROOM_VERB_SET_ROSTER, ada);
    memcpy(set_roster.with.set_roster.approvers[0], person(STRONGROOM_ROLE_APPROVER, 3).id, 16);
    memcpy(set_roster.with.set_roster.approvers[1], person(STRONGROOM_ROLE_APPROVER, 4).id, 16);
    go(world, &set_roster);

    strongroom_command_t allocate = command(STRONGROOM_VERB_ALLOCATE, pia);
    memcpy(allocate.with.allocate.organisation, customer, sizeof customer);
    strcpy(allocate.with.allocate.region, "japaneast");
    strcpy(allocate.with.allocate.network, "vnet");
    go(world, &allocate);

    strongroom_command_t mapped = command(STRONGROOM_VERB_MAPPED, person(STRONGROOM_ROLE_NET, 1));
    strcpy(mapped.with.mapped.network, "vnet");
    mapped.with.mapped.ssh_test_passed = 1;
    go(world, &mapped);

    strongroom_command_t claim = command(STRONGROOM_VERB_CLAIM, ada);
    claim.with.claim.credential_replaced = 1;
    memset(claim.with.claim.owner_key, 1, 32);
    go(world, &claim);

    strongroom_command_t initialize = command(STRONGROOM_VERB_INIT, ada);
    memset(initialize.with.init.cloning_domain, 2, 32);
    go(world, &initialize);
    drain(world);
}

uint32_t ask_customer(struct world *world)
{
    const strongroom_principal_t engineer = person(STRONGROOM_ROLE_ENGINEER, 1);
    strongroom_command_t open_ticket = command(STRONGROOM_VERB_OPEN_TICKET, person(STRONGROOM_ROLE_USER, 1));
    strcpy(open_ticket.with.open_ticket.ticket, "T-1");
    open_ticket.with.open_ticket.troubleshot = 1;
    uint32_t request = go(world, &open_ticket).request;

    strongroom_command_t triage = command(STRONGROOM_VERB_TRIAGE, engineer);
    triage.with.triage.request = request;
    go(world, &triage);

    strongroom_command_t request_access = command(STRONGROOM_VERB_REQUEST_ACCESS, engineer);
    strongroom_terms_t *terms = &request_access.with.request_access.terms;
    strcpy(request_access.with.request_access.ticket, "T-1");
    terms->subject = STRONGROOM_SUBJECT_DEVICE;
    terms->scope = STRONGROOM_SCOPE_RESOURCE;
    terms->permission = STRONGROOM_PERMISSION_READ;
    terms->isolated_identity = 1;
    terms->standard_tools_failed = 1;
    terms->customer_data = 1;
    memset(terms->justification, 3, sizeof terms->justification);
    go(world, &request_access);

    strongroom_command_t evaluate = command(STRONGROOM_VERB_EVALUATE, person(STRONGROOM_ROLE_JIT_SERVICE, 1));
    evaluate.with.evaluate.request = request;
    go(world, &evaluate);

    strongroom_command_t ask = command(STRONGROOM_VERB_ASK_CUSTOMER, engineer);
    ask.with.ask_customer.request = request;
    go(world, &ask);
    return request;
}

strongroom_reply_t approve(struct world *world, uint32_t request)
{
    strongroom_command_t approve = command(STRONGROOM_VERB_APPROVE, person(STRONGROOM_ROLE_APPROVER, 3));
    approve.with.approve.request = request;
    return go(world, &approve);
}
