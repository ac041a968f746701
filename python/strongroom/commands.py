"""A method for each command, made from the core's own list by `make python-commands`; do not edit."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from .moments import NOW, Now
from .reading import Reading
from .values import Principal, Statement, Terms
from .words import Component, ConsoleArguments, Exclusion, Issue, LogName, Plan, Subject, Tamper

Answer = TypeVar("Answer")


class Commands(ABC, Generic[Answer]):
    """Everything that can be asked of an engine or reported to it.

    Every command is asked by somebody, and some by two persons. Its time is now where none is named, and `None` where
    nobody knows it: then only what ends access or destroys happens. A refusal is no error but an answer whose `ok` is false.
    `CommandError` is raised for an argument that is none of its type's, `StorageError` where a journal did not take a step.
    """

    __slots__ = ()

    @abstractmethod
    def _ask(
        self, verb: str, arguments: dict[str, Any], by: Principal, second: Principal | None, at: datetime | Now | None
    ) -> Answer: ...

    def register(
        self,
        *,
        by: Principal,
        organisation: UUID,
        approved: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Opens the customer's account, or writes how far its registration is (H-57); with an organisation of zeros, closes
        an account without a lease and erases what is the customer's.

        Args:
            organisation: The customer.
            approved: Whether the registration is approved.
        """
        return self._ask("register", {"organisation": organisation, "approved": approved}, by, second, at)

    def set_plan(
        self,
        *,
        by: Principal,
        plan: Plan,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Writes the support plan (L-01).

        Args:
            plan: The plan.
        """
        return self._ask("set_plan", {"plan": plan}, by, second, at)

    def set_roster(
        self,
        *,
        by: Principal,
        approvers: Sequence[UUID],
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Writes the roster of approvers (L-28).

        Args:
            approvers: The approvers, each once.
        """
        return self._ask("set_roster", {"approvers": approvers}, by, second, at)

    def set_opt_ins(
        self,
        *,
        by: Principal,
        lockbox: bool,
        previews: Collection[Subject],
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Opts in or out of the lockbox and of previews (D-20, L-67).

        Args:
            lockbox: The lockbox.
            previews: The previews, a bit each.
        """
        return self._ask("set_opt_ins", {"lockbox": lockbox, "previews": previews}, by, second, at)

    def set_tamper_bit(
        self,
        *,
        by: Principal,
        destroys: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Writes the tamper bit (D-16).

        Args:
            destroys: Whether a recoverable tamper destroys.
        """
        return self._ask("set_tamper_bit", {"destroys": destroys}, by, second, at)

    def set_monitoring(
        self,
        *,
        by: Principal,
        allowed: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Allows or restricts the provider's monitoring (H-56).

        Args:
            allowed: Whether it is allowed.
        """
        return self._ask("set_monitoring", {"allowed": allowed}, by, second, at)

    def set_vendor_registration(
        self,
        *,
        by: Principal,
        registered: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Notes the registration with the vendor's support (H-26).

        Args:
            registered: Whether it is done.
        """
        return self._ask("set_vendor_registration", {"registered": registered}, by, second, at)

    def set_place(
        self,
        *,
        by: Principal,
        region: str,
        network: str,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Names region and network (H-60).

        Args:
            region: The region.
            network: The virtual network.
        """
        return self._ask("set_place", {"region": region, "network": network}, by, second, at)

    def request_allocation(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Asks for a device (H-57)."""
        return self._ask("request_allocation", {}, by, second, at)

    def set_customer_id(
        self,
        *,
        by: Principal,
        id: str,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Hands out the customer id for the vendor's portal (H-27).

        Args:
            id: The id.
        """
        return self._ask("set_customer_id", {"id": id}, by, second, at)

    def set_policy(
        self,
        *,
        by: Principal,
        policy: bytes,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Puts another policy in force (D-24).

        Args:
            policy: Its digest.
        """
        return self._ask("set_policy", {"policy": policy}, by, second, at)

    def arrive(
        self,
        *,
        by: Principal,
        serial: str,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The device arrives.

        Args:
            serial: The serial number on it.
        """
        return self._ask("arrive", {"serial": serial}, by, second, at)

    def stm_ok(
        self,
        *,
        by: Principal,
        expected: bytes,
        shown: bytes,
        seals_whole: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Secure transport mode is verified.

        Args:
            expected: Digest of the string sent by the other channel.
            shown: Digest of the string that the device shows.
            seals_whole: Whether all seals are whole.
        """
        return self._ask("stm_ok", {"expected": expected, "shown": shown, "seals_whole": seals_whole}, by, second, at)

    def stm_mismatch(
        self,
        *,
        by: Principal,
        expected: bytes,
        shown: bytes,
        seals_whole: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Secure transport mode or seals do not match.

        Args:
            expected: Digest of the string sent by the other channel.
            shown: Digest of the string that the device shows.
            seals_whole: Whether all seals are whole.
        """
        return self._ask("stm_mismatch", {"expected": expected, "shown": shown, "seals_whole": seals_whole}, by, second, at)

    def baseline_ok(
        self,
        *,
        by: Principal,
        firmware: str,
        password_discarded: bool,
        logs_cleared: bool,
        self_test_passed: bool,
        reset_checked: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The device is prepared for the pool.

        Args:
            firmware: The firmware version.
            password_discarded: Whether the pool's own password was replaced and discarded.
            logs_cleared: Whether the appliance's logs are cleared.
            self_test_passed: Whether the self-test passed.
            reset_checked: Whether the provider itself checked that the device is reset (for a reported proof).
        """
        arguments: dict[str, Any] = {
            "firmware": firmware,
            "password_discarded": password_discarded,
            "logs_cleared": logs_cleared,
            "self_test_passed": self_test_passed,
            "reset_checked": reset_checked,
        }
        return self._ask("baseline_ok", arguments, by, second, at)

    def enter_maintenance(
        self,
        *,
        by: Principal,
        ticket: str,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The covers are about to be opened.

        Args:
            ticket: The ticket for the temporary key.
        """
        return self._ask("enter_maintenance", {"ticket": ticket}, by, second, at)

    def exit_maintenance(
        self,
        *,
        by: Principal,
        covers_closed: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The covers are closed again.

        Args:
            covers_closed: Whether they are.
        """
        return self._ask("exit_maintenance", {"covers_closed": covers_closed}, by, second, at)

    def zeroize_local(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The provider zeroizes a device without a tenant."""
        return self._ask("zeroize_local", {}, by, second, at)

    def allocate(
        self,
        *,
        by: Principal,
        organisation: UUID,
        region: str,
        network: str,
        replaces: Statement | None = None,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The device is allocated (H-60).

        Args:
            organisation: The customer.
            region: The region that the device is in.
            network: The network that it is mapped into.
            replaces: What is said of the device that it replaces (H-73, D-27).
        """
        arguments: dict[str, Any] = {
            "organisation": organisation,
            "region": region,
            "network": network,
            "replaces": replaces,
        }
        return self._ask("allocate", arguments, by, second, at)

    def recheck(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The device goes back to preparation."""
        return self._ask("recheck", {}, by, second, at)

    def mapped(
        self,
        *,
        by: Principal,
        network: str,
        ssh_test_passed: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The device is in the customer's network (H-61).

        Args:
            network: The network.
            ssh_test_passed: Whether the SSH test passed (H-77).
        """
        return self._ask("mapped", {"network": network, "ssh_test_passed": ssh_test_passed}, by, second, at)

    def alloc_fail(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The mapping failed."""
        return self._ask("alloc_fail", {}, by, second, at)

    def claim(
        self,
        *,
        by: Principal,
        credential_replaced: bool,
        owner_key: bytes,
        proof: datetime | None = None,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The customer takes the device over.

        Args:
            credential_replaced: Whether the default credential was replaced.
            owner_key: Digest of the owner's key.
            proof: When the proof of zeroization was made that the customer checked, if they did.
        """
        arguments: dict[str, Any] = {
            "credential_replaced": credential_replaced,
            "owner_key": owner_key,
            "proof": proof,
        }
        return self._ask("claim", arguments, by, second, at)

    def abandon(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The customer gives the unclaimed device back."""
        return self._ask("abandon", {}, by, second, at)

    def init(
        self,
        *,
        by: Principal,
        cloning_domain: bytes,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The customer initializes the HSM.

        Args:
            cloning_domain: Digest of the cloning domain.
        """
        return self._ask("init", {"cloning_domain": cloning_domain}, by, second, at)

    def zeroize(
        self,
        *,
        by: Principal,
        nonce: UUID,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The customer zeroizes (H-65).

        Args:
            nonce: The challenge that the engine gives for this destruction.
        """
        return self._ask("zeroize", {"nonce": nonce}, by, second, at)

    def factory_reset(
        self,
        *,
        by: Principal,
        nonce: UUID,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The customer resets to factory state (H-66).

        Args:
            nonce: The challenge that the engine gives for this destruction.
        """
        return self._ask("factory_reset", {"nonce": nonce}, by, second, at)

    def login_failed(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The security officer's log-in failed."""
        return self._ask("login_failed", {}, by, second, at)

    def tamper(
        self,
        *,
        by: Principal,
        class_: Tamper,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """A tamper input tripped.

        Args:
            class_: Which.
        """
        return self._ask("tamper", {"class": class_}, by, second, at)

    def fault_hard(
        self,
        *,
        by: Principal,
        code: int,
        soft: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """A hard fault.

        Args:
            code: The device's own code.
            soft: Whether the fault is classed soft.
        """
        return self._ask("fault_hard", {"code": code, "soft": soft}, by, second, at)

    def tamper_clear(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The customer clears the tamper."""
        return self._ask("tamper_clear", {}, by, second, at)

    def erase_done(
        self,
        *,
        by: Principal,
        areas: int,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Areas are erased.

        Args:
            areas: The areas, a bit each.
        """
        return self._ask("erase_done", {"areas": areas}, by, second, at)

    def erase_fail(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The erasure failed."""
        return self._ask("erase_fail", {}, by, second, at)

    def verify_ok(
        self,
        *,
        by: Principal,
        read_back: bytes,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Everything reads back erased.

        Args:
            read_back: Digest of what was read back.
        """
        return self._ask("verify_ok", {"read_back": read_back}, by, second, at)

    def verify_fail(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Something reads back different."""
        return self._ask("verify_fail", {}, by, second, at)

    def reinit(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The customer begins anew."""
        return self._ask("reinit", {}, by, second, at)

    def deprovision(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The customer asks to give the device back (H-65)."""
        return self._ask("deprovision", {}, by, second, at)

    def unbound(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """A zeroized device has no tenant."""
        return self._ask("unbound", {}, by, second, at)

    def detached(
        self,
        *,
        by: Principal,
        network_unmapped: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The device is out of the network and of the lease.

        Args:
            network_unmapped: Whether it is unmapped.
        """
        return self._ask("detached", {"network_unmapped": network_unmapped}, by, second, at)

    def soft_recover(
        self,
        *,
        by: Principal,
        self_tests_passed: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The failed device recovers.

        Args:
            self_tests_passed: Whether the self-tests pass.
        """
        return self._ask("soft_recover", {"self_tests_passed": self_tests_passed}, by, second, at)

    def give_up(
        self,
        *,
        by: Principal,
        cannot_zeroize: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The customer gives the failed device up.

        Args:
            cannot_zeroize: Whether it is stated that the device cannot be zeroized.
        """
        return self._ask("give_up", {"cannot_zeroize": cannot_zeroize}, by, second, at)

    def give_up_local(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The provider gives up a device without a tenant."""
        return self._ask("give_up_local", {}, by, second, at)

    def parts_out(
        self,
        *,
        by: Principal,
        parts: Sequence[str],
        camera: str,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The data-bearing parts are out.

        Args:
            parts: Their serial numbers.
            camera: What the camera's recording is filed under.
        """
        return self._ask("parts_out", {"parts": parts, "camera": camera}, by, second, at)

    def shred(
        self,
        *,
        by: Principal,
        parts: Sequence[str],
        method: str,
        place: str,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The data-bearing parts are shredded.

        Args:
            parts: Their serial numbers.
            method: How.
            place: Where.
        """
        return self._ask("shred", {"parts": parts, "method": method, "place": place}, by, second, at)

    def chassis_out(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The chassis leaves."""
        return self._ask("chassis_out", {}, by, second, at)

    def quarantine(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Stored state was invalid."""
        return self._ask("quarantine", {}, by, second, at)

    def zeroized_seen(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The device was seen zeroized."""
        return self._ask("zeroized_seen", {}, by, second, at)

    def boot(
        self,
        *,
        by: Principal,
        self_test_passed: bool = True,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Power-up, once the self-test has ended.

        Args:
            self_test_passed: Whether it passed.
        """
        return self._ask("boot", {"self_test_passed": self_test_passed}, by, second, at)

    def tamper_cause_gone(
        self,
        *,
        by: Principal,
        class_: Tamper,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """A cause of tamper is gone.

        Args:
            class_: Which.
        """
        return self._ask("tamper_cause_gone", {"class": class_}, by, second, at)

    def read_health(
        self,
        *,
        by: Principal,
        reading: Reading,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Health was read (H-54).

        Args:
            reading: What was read.
        """
        return self._ask("read_health", {"reading": reading}, by, second, at)

    def login_succeeded(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The security officer logged in."""
        return self._ask("login_succeeded", {}, by, second, at)

    def set_inventory(
        self,
        *,
        by: Principal,
        parts: Sequence[str],
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Writes which data-bearing parts the device has (H-75).

        Args:
            parts: Their serial numbers.
        """
        return self._ask("set_inventory", {"parts": parts}, by, second, at)

    def poll_unanswered(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """A poll got no answer."""
        return self._ask("poll_unanswered", {}, by, second, at)

    def error_soft(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """A recoverable error: outputs stop."""
        return self._ask("error_soft", {}, by, second, at)

    def error_recovered(
        self,
        *,
        by: Principal,
        self_test_passed: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The error is over.

        Args:
            self_test_passed: Whether the self-test passed.
        """
        return self._ask("error_recovered", {"self_test_passed": self_test_passed}, by, second, at)

    def replacement_out(
        self,
        *,
        by: Principal,
        peer: Statement,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """A device that replaces this one is handed out (H-73, D-27).

        Args:
            peer: What is said of it.
        """
        return self._ask("replacement_out", {"peer": peer}, by, second, at)

    def ha_join(
        self,
        *,
        by: Principal,
        cloning_domain: bytes,
        peers: int,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The customer adds the device to an HA group (H-74).

        Args:
            cloning_domain: Digest of the group's cloning domain.
            peers: Other members in service.
        """
        return self._ask("ha_join", {"cloning_domain": cloning_domain, "peers": peers}, by, second, at)

    def ha_sync_start(
        self,
        *,
        by: Principal,
        accepted: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Synchronization begins.

        Args:
            accepted: Whether the members accept the device.
        """
        return self._ask("ha_sync_start", {"accepted": accepted}, by, second, at)

    def ha_sync_ok(
        self,
        *,
        by: Principal,
        expected: bytes,
        found: bytes,
        peers: int,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Synchronization ended.

        Args:
            expected: Digest of the objects that the group holds.
            found: Digest of the objects that the device holds.
            peers: Other members in service.
        """
        return self._ask("ha_sync_ok", {"expected": expected, "found": found, "peers": peers}, by, second, at)

    def ha_sync_fail(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Synchronization failed."""
        return self._ask("ha_sync_fail", {}, by, second, at)

    def ha_peer_change(
        self,
        *,
        by: Principal,
        peers: int,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The group changed: the device is behind.

        Args:
            peers: Other members in service.
        """
        return self._ask("ha_peer_change", {"peers": peers}, by, second, at)

    def ha_recover(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The customer asks for synchronization."""
        return self._ask("ha_recover", {}, by, second, at)

    def ha_leave(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The customer takes the device out of the group."""
        return self._ask("ha_leave", {}, by, second, at)

    def plan_swap(
        self,
        *,
        by: Principal,
        component: Component,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Hands ask beforehand what taking a part out would do (H-72).

        Args:
            component: The part.
        """
        return self._ask("plan_swap", {"component": component}, by, second, at)

    def recover_login(
        self,
        *,
        by: Principal,
        succeeded: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Somebody logged in to the device's recovery account, or tried to.

        Args:
            succeeded: Whether it succeeded.
        """
        return self._ask("recover_login", {"succeeded": succeeded}, by, second, at)

    def open_ticket(
        self,
        *,
        by: Principal,
        ticket: str,
        troubleshot: bool,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Opens a ticket; its first request starts here (L-09).

        Args:
            ticket: The ticket.
            troubleshot: Whether the user troubleshot first (L-08).
        """
        return self._ask("open_ticket", {"ticket": ticket, "troubleshot": troubleshot}, by, second, at)

    def triage(
        self,
        *,
        by: Principal,
        request: int,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The engineer reviews the ticket (L-11).

        Args:
            request: The request.
        """
        return self._ask("triage", {"request": request}, by, second, at)

    def request_access(
        self,
        *,
        by: Principal,
        ticket: str,
        terms: Terms,
        follows: int | None = None,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The engineer asks for elevated permission (L-13).

        Args:
            ticket: The ticket.
            follows: The ended request that this one follows (D-09).
            terms: What is asked for.
        """
        return self._ask("request_access", {"ticket": ticket, "follows": follows, "terms": terms}, by, second, at)

    def evaluate(
        self,
        *,
        by: Principal,
        request: int,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The just-in-time service evaluates (L-16).

        Args:
            request: The request.
        """
        return self._ask("evaluate", {"request": request}, by, second, at)

    def approve_internally(
        self,
        *,
        by: Principal,
        request: int,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """An internal approver approves (L-21).

        Args:
            request: The request.
        """
        return self._ask("approve_internally", {"request": request}, by, second, at)

    def reject_internally(
        self,
        *,
        by: Principal,
        request: int,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """An internal approver rejects (L-21).

        Args:
            request: The request.
        """
        return self._ask("reject_internally", {"request": request}, by, second, at)

    def ask_customer(
        self,
        *,
        by: Principal,
        request: int,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The customer is asked (L-23, L-25).

        Args:
            request: The request.
        """
        return self._ask("ask_customer", {"request": request}, by, second, at)

    def approve(
        self,
        *,
        by: Principal,
        request: int,
        duration: timedelta | None = None,
        reason: bytes | None = None,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """A designated approver approves (L-39).

        Args:
            request: The request.
            duration: A shorter duration (D-02).
            reason: Digest of the reason's text; all zeros where none is given.
        """
        return self._ask("approve", {"request": request, "duration": duration, "reason": reason}, by, second, at)

    def deny(
        self,
        *,
        by: Principal,
        request: int,
        reason: bytes | None = None,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """A designated approver denies (L-41).

        Args:
            request: The request.
            reason: Digest of the reason's text; all zeros where none is given.
        """
        return self._ask("deny", {"request": request, "reason": reason}, by, second, at)

    def use_access(
        self,
        *,
        by: Principal,
        request: int,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The engineer acts (L-39).

        Args:
            request: The request.
        """
        return self._ask("use_access", {"request": request}, by, second, at)

    def revoke(
        self,
        *,
        by: Principal,
        request: int,
        reason: bytes | None = None,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The customer takes access back (D-04).

        Args:
            request: The request.
            reason: Digest of the reason's text; all zeros where none is given.
        """
        return self._ask("revoke", {"request": request, "reason": reason}, by, second, at)

    def end_access(
        self,
        *,
        by: Principal,
        request: int,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The provider ends its own access (D-04).

        Args:
            request: The request.
        """
        return self._ask("end_access", {"request": request}, by, second, at)

    def cancel(
        self,
        *,
        by: Principal,
        request: int,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The provider withdraws the request.

        Args:
            request: The request.
        """
        return self._ask("cancel", {"request": request}, by, second, at)

    def record_exclusion(
        self,
        *,
        by: Principal,
        kind: Exclusion,
        subject: Subject,
        justification: bytes,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """An access that the lockbox does not ask the customer about is put on record (L-68 to L-70, D-11).

        Args:
            kind: Which kind.
            subject: What was reached.
            justification: Digest of the justification's text.
        """
        return self._ask("record_exclusion", {"kind": kind, "subject": subject, "justification": justification}, by, second, at)

    def review_exclusion(
        self,
        *,
        by: Principal,
        exclusion: int,
        finding: bytes,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """An excluded access is reviewed after the fact (D-11).

        Args:
            exclusion: Its number.
            finding: Digest of the finding's text.
        """
        return self._ask("review_exclusion", {"exclusion": exclusion, "finding": finding}, by, second, at)

    def ask_support(
        self,
        *,
        by: Principal,
        issue: Issue,
        ssh_test: bool | None = None,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """The customer asks who answers for an issue (H-16 to H-23).

        Args:
            issue: What it is about.
            ssh_test: Whether the customer's own SSH test passed, where it was made (H-77).
        """
        return self._ask("ask_support", {"issue": issue, "ssh_test": ssh_test}, by, second, at)

    def acknowledge(
        self,
        *,
        by: Principal,
        log: LogName,
        next: int,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Exported records are safe elsewhere (D-22).

        Args:
            log: Which log.
            next: The sequence number after the last acknowledged record.
        """
        return self._ask("acknowledge", {"log": log, "next": next}, by, second, at)

    def confirm(
        self,
        *,
        by: Principal,
        effect: int,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """What the outbox asked for was done (D-25).

        Args:
            effect: The entry.
        """
        return self._ask("confirm", {"effect": effect}, by, second, at)

    def tick(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Turns the earliest overdue deadline into a step (D-26)."""
        return self._ask("tick", {}, by, second, at)

    def set_time(
        self,
        *,
        by: Principal,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """Sets the time; ends every open window (D-18)."""
        return self._ask("set_time", {}, by, second, at)

    def console_line(
        self,
        *,
        by: Principal,
        command: int,
        arguments: ConsoleArguments,
        line: bytes,
        second: Principal | None = None,
        at: datetime | Now | None = NOW,
    ) -> Answer:
        """A line typed at the device's console (H-05, H-53, L-39).

        Args:
            command: The command's number in the console's table; 65 535 for one that it does not have.
            arguments: Of what kind its arguments are.
            line: Digest of the line.
        """
        return self._ask("console_line", {"command": command, "arguments": arguments, "line": line}, by, second, at)
