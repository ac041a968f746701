/* The two sides: the device's line, and the pseudo-terminals that technicians get. */
#include "consoled.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define BURST 64 /* bytes that a technician types between two looks at everything else */

static int device = -1, terminal = -1;
static char device_path[SETTING], terminal_path[SETTING];

/* Nothing is known of its session any more. Whoever starts this program again has it ended. */
static _Noreturn void lose_device(const char *why)
{
    (void)unlink(terminal_path);
    fail("%s: %s", device_path, why);
}

/* The guard sends a line a prompt, so that more than fits means a device that takes nothing. */
static void to_device(void *user, const uint8_t *bytes, size_t length)
{
    (void)user;
    if (write(device, bytes, length) != (ssize_t)length)
        lose_device("it takes nothing");
}

/* What a terminal does not take is lost, as on a serial line: nothing waits for a technician. */
static void to_technician(void *user, const uint8_t *bytes, size_t length)
{
    (void)user;
    if (write(terminal, bytes, length) == -1 && errno != EAGAIN)
        say("%s: %s", terminal_path, strerror(errno));
}

const strongroom_sink_t line_sink = {NULL, to_device, to_technician};

/* Bytes as they come, 9600 baud, 8N1. */
static int make_raw(int line)
{
    struct termios modes;
    if (tcgetattr(line, &modes) == -1)
        return -1;
    cfmakeraw(&modes);
    modes.c_cflag &= ~(tcflag_t)(CSTOPB | PARENB | CRTSCTS);
    /* No modem lines but one: when this program ends, DTR falls. */
    modes.c_cflag |= CREAD | CLOCAL | HUPCL;
    return cfsetspeed(&modes, B9600) == -1 ? -1 : tcsetattr(line, TCSANOW, &modes);
}

/* A new one for each technician, so that nothing of the former one's is left in it. */
static void make_terminal(void)
{
    char beside[SETTING + 8];
    int former = terminal;
    snprintf(beside, sizeof beside, "%s.new", terminal_path);
    terminal = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (terminal == -1 || grantpt(terminal) == -1 || unlockpt(terminal) == -1 || make_raw(terminal) == -1 ||
        (unlink(beside) == -1 && errno != ENOENT) || symlink(ptsname(terminal), beside) == -1 || rename(beside, terminal_path) == -1) {
        say("%s: %s", terminal_path, strerror(errno));
        failed = 1;
    }
    if (former != -1)
        close(former); /* not before, or the new one would have its name */
    if (!failed)
        say("the technician's terminal is %s (%s)", terminal_path, ptsname(terminal));
}

/* How many bytes there are to read; 0 where it was nothing after all, and -1 where the other side has hung up. */
static ssize_t read_line(int line, uint8_t *bytes, size_t room)
{
    ssize_t length = read(line, bytes, room);
    if (length > 0)
        return length;
    return length == -1 && (errno == EAGAIN || errno == EINTR) ? 0 : -1;
}

static void read_device(void)
{
    uint8_t bytes[1024];
    ssize_t length = read_line(device, bytes, sizeof bytes);
    if (length == -1)
        lose_device("the device has hung up");
    if (length > 0)
        console_printed(bytes, (size_t)length);
}

/* Who may open the terminal may also open it beside somebody else; that is its file's mode to say. */
static void read_terminal(void)
{
    uint8_t bytes[BURST];
    ssize_t length = read_line(terminal, bytes, sizeof bytes);
    if (length == -1) {
        make_terminal();
        console_left();
        return;
    }
    /* A terminal that echoes would type what is shown to it. */
    if (make_raw(terminal) == -1)
        say("%s: %s", terminal_path, strerror(errno));
    if (length > 0)
        console_typed(bytes, (size_t)length);
}

void line_wait(int timeout, const sigset_t *signals)
{
    struct timespec time = {.tv_sec = timeout / 1000, .tv_nsec = timeout % 1000 * 1000000};
    struct pollfd lines[] = {{device, POLLIN, 0}, {terminal, POLLIN, 0}};
    if (ppoll(lines, sizeof lines / sizeof *lines, &time, signals) <= 0)
        return;
    if (lines[0].revents != 0)
        read_device();
    if (lines[1].revents != 0)
        read_terminal();
}

int line_is_silent(void)
{
    struct pollfd more = {.fd = device, .events = POLLIN};
    return poll(&more, 1, 0) == 0;
}

void line_open(void)
{
    struct stat about;
    configure("device", NULL, device_path);
    configure("terminal", NULL, terminal_path);
    if (lstat(terminal_path, &about) == 0 && !S_ISLNK(about.st_mode))
        fail("%s: it is there already, and no symbolic link; name another path, or remove it", terminal_path);
    device = open(device_path, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (device == -1 || make_raw(device) == -1 || ioctl(device, TIOCEXCL) == -1)
        fail("%s: %s%s", device_path, strerror(errno), errno == ENOTTY ? " (it is no serial line)" : "");
    make_terminal();
}

void line_close(void)
{
    (void)unlink(terminal_path);
    close(terminal);
    close(device);
}
