/* A device with its customer, and short ways to ask it things. */
#ifndef WORLD_H
#define WORLD_H

#include "test.h"

enum { MORNING = 1767603600 }; /* 2026-01-05T09:00:00Z */

extern const strongroom_device_t device;

/* Somebody: `number` tells people of one role apart. */
strongroom_principal_t person(uint8_t role, uint8_t number);

/* A command without its arguments. */
strongroom_command_t command(uint8_t verb, strongroom_principal_t by);

/* An engine and its own clock, one second a step. */
struct world {
    strongroom_engine_t engine;
    uint64_t now;
};

/* Applies a command that has to be accepted, drains the logs and confirms what is to be done. */
strongroom_reply_t go(struct world *world, const strongroom_command_t *command);
void drain(struct world *world);

/* From the truck to a customer who runs the device alone, with two approvers. */
void make_operational(struct world *world);

/* A request for read access to the device on a new ticket, put before the customer; its number. */
uint32_t ask_customer(struct world *world);

/* The customer's answer. */
strongroom_reply_t approve(struct world *world, uint32_t request);

#endif
