/* The header from C++17: structs that begin empty, callbacks that are lambdas, and words of C++ that members avoid. */
#include "strongroom.h"

#include <cstdio>
#include <cstring>

static strongroom_engine_t engine = STRONGROOM_STORAGE_INIT;
static strongroom_guard_t guard = STRONGROOM_STORAGE_INIT;

int main()
{
    strongroom_device_t device = {};
    std::strcpy(device.serial, "700022");
    device.provider[0] = 0xb0;
    device.vendor[0] = 0xd0;
    if (strongroom_engine_init(&engine, sizeof engine, STRONGROOM_ABI_VERSION, &device, STRONGROOM_POLICY_AZURE) != STRONGROOM_OK)
        return 1;

    strongroom_command_t command = {};
    strongroom_reply_t reply = {};
    command.verb = STRONGROOM_VERB_ARRIVE;
    command.by.role = STRONGROOM_ROLE_HANDS;
    std::memcpy(command.by.organisation, device.provider, sizeof device.provider);
    command.by.id[0] = 1;
    std::memcpy(command.with.arrive.serial, device.serial, sizeof device.serial);
    if (strongroom_engine_apply(&engine, 1767600000, &command, &reply) != STRONGROOM_OK)
        return 2;
    command = {};
    command.verb = STRONGROOM_VERB_REGISTER;
    command.with.register_.approved = 2; /* neither 0 nor 1 */
    const char *place = nullptr;
    if (strongroom_command_check(&command, &place) != STRONGROOM_OK || std::strcmp(place, "with.register_.approved") != 0)
        return 3;
    command = {};
    command.verb = STRONGROOM_VERB_TAMPER;
    command.with.tamper.class_ = 99; /* no such class */
    if (strongroom_command_check(&command, &place) != STRONGROOM_OK || std::strcmp(place, "with.tamper.class_") != 0)
        return 6;

    std::size_t sent = 0;
    const strongroom_sink_t sink = {
        &sent, [](void *user, const uint8_t *, std::size_t length) { *static_cast<std::size_t *>(user) += length; },
        [](void *, const uint8_t *, std::size_t) {}};
    uint8_t woken = 0;
    if (strongroom_guard_init(&guard, sizeof guard, STRONGROOM_ABI_VERSION) != STRONGROOM_OK ||
        strongroom_guard_wake(&guard, &sink, &woken) != STRONGROOM_OK || woken != 1 || sent != 1)
        return 4;
    std::printf("%s %s\n", strongroom_rule_name(reply.rule), strongroom_version());
    return reply.verdict == STRONGROOM_VERDICT_ACCEPTED ? 0 : 5;
}
