/* Counts the calls that a program and its children make on files below some folders, and lets one of them go wrong.

   Loaded with LD_PRELOAD, see faulty_calls.py. The environment of a program says what is to happen when it starts; one
   that is forked and not started calls faulty_begin.
   FAULTY_ROOTS    folders, a colon between them, whose files are watched
   FAULTY_KINDS    letters of the kinds of calls that count, see KINDS there
   FAULTY_AT       the number of the call that goes wrong, the first is 1; 0: none
   FAULTY_LASTS    1: all calls from there on go wrong, as on a disk that is full
   FAULTY_ERRNO    the error that it gives; 0: the first program and the caller are killed instead
   FAULTY_SIGNAL   what kills them, or (not SIGKILL) is sent to the first program alone, and the call goes on
   FAULTY_COUNTER  a file with two numbers of 8 bytes that all processes share: calls so far, the first process
   FAULTY_LOG      a file that gets a line for the call that went wrong; with FAULTY_AT 0 for each call */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static _Atomic long *shared;
static char roots[8192];
static const char *kinds, *told;
static long at, error_number, fatal, lasts;
static __thread int busy;

__attribute__((constructor)) void faulty_begin(void) {
  const char *path = getenv("FAULTY_COUNTER");
  if (!path || !getenv("FAULTY_ROOTS") || !getenv("FAULTY_KINDS")) return;
  int handle = syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CLOEXEC);
  if (handle < 0) return;
  void *there = mmap(NULL, 16, PROT_READ | PROT_WRITE, MAP_SHARED, handle, 0);
  syscall(SYS_close, handle);
  if (there == MAP_FAILED) return;
  strncpy(roots, getenv("FAULTY_ROOTS"), sizeof roots - 1);
  kinds = getenv("FAULTY_KINDS");
  told = getenv("FAULTY_LOG");
  at = getenv("FAULTY_AT") ? atol(getenv("FAULTY_AT")) : 0;
  error_number = getenv("FAULTY_ERRNO") ? atol(getenv("FAULTY_ERRNO")) : 0;
  lasts = getenv("FAULTY_LASTS") ? atol(getenv("FAULTY_LASTS")) : 0;
  fatal = getenv("FAULTY_SIGNAL") ? atol(getenv("FAULTY_SIGNAL")) : SIGKILL;
  shared = there;
  long nobody = 0;
  atomic_compare_exchange_strong(&shared[1], &nobody, (long)getpid());
}

static int is_watched(const char *path) {
  for (const char *root = roots; *root;) {
    const char *end = strchrnul(root, ':');
    size_t length = end - root;
    if (!strncmp(path, root, length) && (path[length] == '/' || !path[length])) return 1;
    root = *end ? end + 1 : end;
  }
  return 0;
}

static int place_of(int handle, char *found) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, found, PATH_MAX - 1);
  found[length < 0 ? 0 : length] = 0;
  return length > 0;
}

static int full_path(int folder, const char *path, char *found) {
  char base[PATH_MAX] = "";
  if (!path) return 0;
  if (*path == '/') {
    snprintf(found, PATH_MAX, "%s", path);
    return 1;
  }
  if (folder == AT_FDCWD) {
    if (syscall(SYS_getcwd, base, sizeof base) < 0) return 0;
  } else if (!place_of(folder, base)) {
    return 0;
  }
  if (snprintf(found, PATH_MAX, "%s/%s", base, path) >= PATH_MAX) return 0;
  return 1;
}

static void tell(long number, char kind, const char *call, const char *path) {
  char line[PATH_MAX + 128];
  if (!told || !*told) return;
  int length = snprintf(line, sizeof line, "%ld %c %s %s\n", number, kind, call, path);
  int handle = syscall(SYS_openat, AT_FDCWD, told, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0644);
  if (handle < 0) return;
  if (syscall(SYS_write, handle, line, length) < 0) {}
  syscall(SYS_close, handle);
}

/* Says whether this call has to fail, with errno set. */
static int judge(char kind, const char *call, const char *path) {
  if (!is_watched(path) || !strchr(kinds, kind)) return 0;
  long number = atomic_fetch_add(&shared[0], 1) + 1;
  if (!at) tell(number, kind, call, path);
  if (!at || number < at || (number > at && !lasts)) return 0;
  if (number == at) tell(number, kind, call, path);
  if (error_number) {
    errno = error_number;
    return 1;
  }
  if (fatal != SIGKILL) {
    syscall(SYS_kill, shared[1], fatal);
    return 0;
  }
  syscall(SYS_kill, shared[1], SIGKILL);
  syscall(SYS_kill, getpid(), SIGKILL);
  for (;;) pause();
}

static int fails_at(char kind, const char *call, int folder, const char *path) {
  char found[PATH_MAX];
  if (!shared || busy) return 0;
  int before = errno;
  busy = 1;
  int fails = full_path(folder, path, found) && judge(kind, call, found);
  busy = 0;
  if (!fails) errno = before;
  return fails;
}

static int fails_on(char kind, const char *call, int handle) {
  char found[PATH_MAX];
  if (!shared || busy) return 0;
  int before = errno;
  busy = 1;
  int fails = place_of(handle, found) && judge(kind, call, found);
  busy = 0;
  if (!fails) errno = before;
  return fails;
}

#define REAL(name) \
  static __typeof__(name) *real; \
  if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name)

#define ONE_PATH(kind, name, type, parameters, path, ...) \
  type name parameters { \
    REAL(name); \
    return fails_at(kind, #name, AT_FDCWD, path) ? -1 : real(__VA_ARGS__); \
  }
#define AT_PATH(kind, name, type, parameters, folder, path, ...) \
  type name parameters { \
    REAL(name); \
    return fails_at(kind, #name, folder, path) ? -1 : real(__VA_ARGS__); \
  }
#define ONE_HANDLE(kind, name, type, parameters, handle, ...) \
  type name parameters { \
    REAL(name); \
    return fails_on(kind, #name, handle) ? -1 : real(__VA_ARGS__); \
  }

ONE_PATH('n', rename, int, (const char *old, const char *new), new, old, new)
AT_PATH('n', renameat, int, (int from, const char *old, int to, const char *new), to, new, from, old, to, new)
ONE_PATH('l', link, int, (const char *old, const char *new), new, old, new)
AT_PATH('l', linkat, int, (int from, const char *old, int to, const char *new, int flags), to, new, from, old, to, new, flags)
ONE_PATH('l', symlink, int, (const char *old, const char *new), new, old, new)
AT_PATH('l', symlinkat, int, (const char *old, int to, const char *new), to, new, old, to, new)
ONE_PATH('u', unlink, int, (const char *path), path, path)
AT_PATH('u', unlinkat, int, (int folder, const char *path, int flags), folder, path, folder, path, flags)
ONE_PATH('u', rmdir, int, (const char *path), path, path)
ONE_PATH('m', mkdir, int, (const char *path, mode_t mode), path, path, mode)
AT_PATH('m', mkdirat, int, (int folder, const char *path, mode_t mode), folder, path, folder, path, mode)
ONE_HANDLE('f', fsync, int, (int handle), handle, handle)
ONE_HANDLE('f', fdatasync, int, (int handle), handle, handle)

ONE_PATH('c', chmod, int, (const char *path, mode_t mode), path, path, mode)
ONE_HANDLE('c', fchmod, int, (int handle, mode_t mode), handle, handle, mode)
ONE_HANDLE('c', fchown, int, (int handle, uid_t user, gid_t group), handle, handle, user, group)
AT_PATH('c', utimensat, int, (int folder, const char *path, const struct timespec times[2], int flags), folder, path, folder, path, times, flags)
ONE_HANDLE('c', futimens, int, (int handle, const struct timespec times[2]), handle, handle, times)
ONE_HANDLE('c', ftruncate64, int, (int handle, off64_t length), handle, handle, length)
ONE_HANDLE('c', flock, int, (int handle, int operation), handle, handle, operation)

ONE_PATH('s', stat64, int, (const char *path, struct stat64 *found), path, path, found)
ONE_PATH('s', lstat64, int, (const char *path, struct stat64 *found), path, path, found)
ONE_HANDLE('s', fstat64, int, (int handle, struct stat64 *found), handle, handle, found)
AT_PATH('s', fstatat64, int, (int folder, const char *path, struct stat64 *found, int flags), folder, path, folder, path, found, flags)
ONE_PATH('s', stat, int, (const char *path, struct stat *found), path, path, found)
ONE_PATH('s', lstat, int, (const char *path, struct stat *found), path, path, found)
ONE_HANDLE('s', fstat, int, (int handle, struct stat *found), handle, handle, found)
ONE_PATH('s', readlink, ssize_t, (const char *path, char *found, size_t length), path, path, found, length)

DIR *opendir(const char *path) {
  REAL(opendir);
  return fails_at('d', "opendir", AT_FDCWD, path) ? NULL : real(path);
}

ONE_HANDLE('r', read, ssize_t, (int handle, void *into, size_t length), handle, handle, into, length)
ONE_HANDLE('r', pread64, ssize_t, (int handle, void *into, size_t length, off64_t from), handle, handle, into, length, from)
ONE_HANDLE('w', sendfile64, ssize_t, (int to, int from, off64_t *place, size_t length), to, to, from, place, length)
ONE_HANDLE('w', copy_file_range, ssize_t, (int from, off64_t *a, int to, off64_t *b, size_t length, unsigned flags), to, from, a, to, b, length, flags)

/* The call that goes wrong has written half of what it was given. */
ssize_t write(int handle, const void *content, size_t length) {
  REAL(write);
  char found[PATH_MAX];
  if (shared && !busy && !error_number && at && length > 1 && strchr(kinds, 'w')) {
    busy = 1;
    int is_next = atomic_load(&shared[0]) + 1 == at && place_of(handle, found) && is_watched(found);
    if (is_next && real(handle, content, length / 2) < 0) {}
    busy = 0;
    if (is_next && fatal != SIGKILL) {
      fails_on('w', "write", handle);
      return length / 2;
    }
  }
  return fails_on('w', "write", handle) ? -1 : real(handle, content, length);
}

static int may_change(int flags) { return (flags & O_ACCMODE) != O_RDONLY || flags & (O_CREAT | O_TRUNC); }

static mode_t mode_of(int flags, va_list more) {
  return flags & O_CREAT || (flags & O_TMPFILE) == O_TMPFILE ? va_arg(more, mode_t) : 0;
}

#define OPENS(name) \
  int name(const char *path, int flags, ...) { \
    REAL(name); \
    va_list more; \
    va_start(more, flags); \
    mode_t mode = mode_of(flags, more); \
    va_end(more); \
    return fails_at(may_change(flags) ? 'o' : 'i', #name, AT_FDCWD, path) ? -1 : real(path, flags, mode); \
  }
#define OPENS_AT(name) \
  int name(int folder, const char *path, int flags, ...) { \
    REAL(name); \
    va_list more; \
    va_start(more, flags); \
    mode_t mode = mode_of(flags, more); \
    va_end(more); \
    return fails_at(may_change(flags) ? 'o' : 'i', #name, folder, path) ? -1 : real(folder, path, flags, mode); \
  }
OPENS(open)
OPENS(open64)
OPENS_AT(openat)
OPENS_AT(openat64)

FILE *fopen64(const char *path, const char *mode) {
  REAL(fopen64);
  return fails_at(strpbrk(mode, "wa+") ? 'o' : 'i', "fopen64", AT_FDCWD, path) ? NULL : real(path, mode);
}

FILE *fopen(const char *path, const char *mode) {
  REAL(fopen);
  return fails_at(strpbrk(mode, "wa+") ? 'o' : 'i', "fopen", AT_FDCWD, path) ? NULL : real(path, mode);
}
