#include "watch.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define READY_MS 5000 /* what the watcher has to begin */

/* Leaves nothing of the PAM client to the watcher: neither files, nor signals, nor terminal, nor environment, nor, by
   running another program, memory. Between fork and exec only what a signal handler may call. */
static _Noreturn void become_watcher(const struct config *config, const char *session, int ready)
{
    char *const arguments[] = {(char *)config->watch, (char *)config->path, (char *)session, NULL};
    char *const environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", NULL};
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int number = 1; number < 32; number++)
        signal(number, SIG_DFL);
    ready = fcntl(ready, F_DUPFD, 10);
    int null = open("/dev/null", O_RDWR);
    for (int standard = 0; standard < 3; standard++)
        dup2(null, standard);
    dup2(ready, WATCH_READY);
    if (close_range(WATCH_READY + 1, ~0u, 0) != 0)
        for (int other = WATCH_READY + 1; other < 65536; other++)
            close(other);
    umask(077);
    if (chdir("/") == 0)
        execve(config->watch, arguments, environment);
    static const char problem[] = "it cannot be run";
    ssize_t ignored = write(WATCH_READY, problem, sizeof problem - 1);
    _exit(ignored < 0 ? 1 : 127);
}

/* Twice, so that the watcher is no child of the PAM client's, which may wait for children of its own. */
static bool fork_watcher(const struct config *config, const char *session, int ready)
{
    struct sigaction standard = {.sa_handler = SIG_DFL}, before;
    sigemptyset(&standard.sa_mask);
    if (sigaction(SIGCHLD, &standard, &before) != 0)
        return false;
    pid_t child = fork();
    if (child == 0) {
        setsid();
        pid_t watcher = fork();
        if (watcher == 0)
            become_watcher(config, session, ready);
        _exit(watcher < 0);
    }
    int status = 0;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    sigaction(SIGCHLD, &before, NULL);
    return child > 0 && status == 0;
}

static bool wait_until_ready(int ready, const char *program, struct why *why)
{
    char text[200];
    struct pollfd waiting = {.fd = ready, .events = POLLIN};
    int polled;
    while ((polled = poll(&waiting, 1, READY_MS)) < 0 && errno == EINTR)
        continue;
    ssize_t length = polled > 0 ? read(ready, text, sizeof text - 1) : 0;
    text[length > 0 ? length : 0] = '\0';
    if (strcmp(text, ".") == 0)
        return true;
    return why_not(why, "nobody would watch the session: %s: %s", program, length > 0 ? text : "it does not say that it watches");
}

bool watch_start(const struct config *config, const char *session, struct why *why)
{
    int ends[2], program = file_open(config->watch, O_RDONLY, 0022, why);
    if (program < 0)
        return false;
    close(program);
    if (pipe2(ends, O_CLOEXEC) != 0)
        return why_not(why, "nobody would watch the session: %s", strerror(errno));
    bool started = fork_watcher(config, session, ends[1]);
    close(ends[1]);
    started = started ? wait_until_ready(ends[0], config->watch, why) : why_not(why, "nobody would watch the session: no process");
    close(ends[0]);
    return started;
}
