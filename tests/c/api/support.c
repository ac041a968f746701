/* Support: who answers for an issue. */
#include "test.h"

static strongroom_route_t route(uint8_t issue, uint8_t ssh_test)
{
    strongroom_route_t route;
    memset(&route, 77, sizeof route);
    EXPECT_STATUS(strongroom_support_answer(issue, ssh_test, &route), STRONGROOM_OK);
    EXPECT(route.engaged == STRONGROOM_PARTY_PROVIDER && route.reserved == 0);
    EXPECT(route.needs_count <= 4 && (route.needs_count == 4 || route.needs[route.needs_count] == 0));
    EXPECT(strongroom_rule_text(route.rule) != NULL);
    return route;
}

void test_support(void)
{
    strongroom_route_t told = route(STRONGROOM_ISSUE_HARDWARE, STRONGROOM_SSH_TEST_NOT_MADE);
    EXPECT(told.issue == STRONGROOM_ISSUE_HARDWARE && told.rule == STRONGROOM_RULE_ROUTE_HARDWARE);
    EXPECT(told.party == STRONGROOM_PARTY_PROVIDER && told.contact == STRONGROOM_CONTACT_PROVIDER_SUPPORT);
    EXPECT(told.supports == STRONGROOM_PARTY_CUSTOMER && told.reach == STRONGROOM_REACH_SERVICES && told.needs_count == 0);

    told = route(STRONGROOM_ISSUE_DOCUMENTATION, STRONGROOM_SSH_TEST_PASSED); /* which has nothing to do with it */
    EXPECT(told.party == STRONGROOM_PARTY_VENDOR && told.contact == STRONGROOM_CONTACT_VENDOR_PORTAL);
    EXPECT(told.reach == STRONGROOM_REACH_ADVISES && told.needs_count == 3);
    EXPECT(told.needs[0] == STRONGROOM_RULE_SERVICE_REGISTERED && told.needs[1] == STRONGROOM_RULE_CUSTOMER_ID_GIVEN);
    EXPECT(told.needs[2] == STRONGROOM_RULE_VENDOR_REGISTERED && told.needs[3] == 0);

    told = route(STRONGROOM_ISSUE_HEALTH_TELEMETRY, STRONGROOM_SSH_TEST_NOT_MADE);
    EXPECT(told.supports == 0 && told.reach == STRONGROOM_REACH_MONITORS);
    told = route(STRONGROOM_ISSUE_ZEROIZATION, STRONGROOM_SSH_TEST_NOT_MADE);
    EXPECT(told.contact == STRONGROOM_CONTACT_OWN_TEAM && told.reach == STRONGROOM_REACH_ADMINISTERS);

    /* The network is at fault until the customer's own test says that it is not. */
    told = route(STRONGROOM_ISSUE_NETWORK_ACCESS, STRONGROOM_SSH_TEST_NOT_MADE);
    EXPECT(told.issue == STRONGROOM_ISSUE_NETWORK_ACCESS && told.needs_count == 1);
    EXPECT(told.needs[0] == STRONGROOM_RULE_SSH_TEST_FIRST);
    told = route(STRONGROOM_ISSUE_NETWORK_ACCESS, STRONGROOM_SSH_TEST_FAILED);
    EXPECT(told.issue == STRONGROOM_ISSUE_NETWORK_ACCESS && told.rule == STRONGROOM_RULE_ROUTE_NETWORK_ACCESS);
    told = route(STRONGROOM_ISSUE_NETWORK_ACCESS, STRONGROOM_SSH_TEST_PASSED);
    EXPECT(told.issue == STRONGROOM_ISSUE_UNCLASSIFIED && told.rule == STRONGROOM_RULE_ROUTE_UNCLASSIFIED);

    for (uint8_t issue = 0; issue <= STRONGROOM_ISSUE_MEDIA_DESTRUCTION; issue++)
        EXPECT(route(issue, STRONGROOM_SSH_TEST_NOT_MADE).issue == issue);

    _Alignas(2) uint8_t room[sizeof told + 2];
    memset(&told, 77, sizeof told);
    EXPECT_STATUS(strongroom_support_answer(STRONGROOM_ISSUE_MEDIA_DESTRUCTION + 1, 0, &told), STRONGROOM_ERROR_VALUE);
    EXPECT_STATUS(strongroom_support_answer(UINT8_MAX, 0, &told), STRONGROOM_ERROR_VALUE);
    EXPECT_STATUS(strongroom_support_answer(0, STRONGROOM_SSH_TEST_PASSED + 1, &told), STRONGROOM_ERROR_VALUE);
    EXPECT_STATUS(strongroom_support_answer(0, 0, NULL), STRONGROOM_ERROR_NULL);
    EXPECT_STATUS(strongroom_support_answer(0, 0, (strongroom_route_t *)(void *)(room + 1)), STRONGROOM_ERROR_ALIGNMENT);
    EXPECT(is_all(&told, sizeof told, 77));
}
