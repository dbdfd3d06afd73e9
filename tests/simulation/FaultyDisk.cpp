// SPDX-License-Identifier: GPL-3.0-or-later
#include "FaultyDisk.h"

#include <sqlite3.h>

#include <new>

namespace carillon::simulation {

struct FaultyDisk::State {
    sqlite3_vfs vfs{};
    sqlite3_vfs* real = nullptr;
    Fault fault = Fault::None;
    int writesLeft = 0;

    // SQLITE_OK, or what a write is answered now.
    int write()
    {
        if (fault == Fault::None || writesLeft-- > 0)
            return SQLITE_OK;
        writesLeft = 0;
        return fault == Fault::Full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    }
    bool isDown() const { return fault != Fault::None && writesLeft <= 0; }
};

namespace {

// An open file: ours, directly followed by the one of the operating system's VFS.
struct File {
    sqlite3_file base;
    FaultyDisk::State* disk;
};

sqlite3_file* realOf(sqlite3_file* file)
{
    return reinterpret_cast<sqlite3_file*>(reinterpret_cast<File*>(file) + 1);
}

FaultyDisk::State& diskOf(sqlite3_file* file)
{
    return *reinterpret_cast<File*>(file)->disk;
}

FaultyDisk::State& diskOf(sqlite3_vfs* vfs)
{
    return *static_cast<FaultyDisk::State*>(vfs->pAppData);
}

// Passes a call of a file on to the real one.
template <auto Method, typename... Arguments>
int pass(sqlite3_file* file, Arguments... arguments)
{
    sqlite3_file* real = realOf(file);
    return (real->pMethods->*Method)(real, arguments...);
}

int write(sqlite3_file* file, const void* bytes, int count, sqlite3_int64 offset)
{
    const int answer = diskOf(file).write();
    return answer == SQLITE_OK ? pass<&sqlite3_io_methods::xWrite>(file, bytes, count, offset) : answer;
}

int truncate(sqlite3_file* file, sqlite3_int64 size)
{
    return diskOf(file).isDown() ? SQLITE_IOERR_TRUNCATE : pass<&sqlite3_io_methods::xTruncate>(file, size);
}

int sync(sqlite3_file* file, int)
{
    return diskOf(file).isDown() ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

void shmBarrier(sqlite3_file* file)
{
    sqlite3_file* real = realOf(file);
    real->pMethods->xShmBarrier(real);
}

constexpr sqlite3_io_methods methods{
    3,
    pass<&sqlite3_io_methods::xClose>,
    pass<&sqlite3_io_methods::xRead>,
    write,
    truncate,
    sync,
    pass<&sqlite3_io_methods::xFileSize>,
    pass<&sqlite3_io_methods::xLock>,
    pass<&sqlite3_io_methods::xUnlock>,
    pass<&sqlite3_io_methods::xCheckReservedLock>,
    pass<&sqlite3_io_methods::xFileControl>,
    pass<&sqlite3_io_methods::xSectorSize>,
    pass<&sqlite3_io_methods::xDeviceCharacteristics>,
    pass<&sqlite3_io_methods::xShmMap>,
    pass<&sqlite3_io_methods::xShmLock>,
    shmBarrier,
    pass<&sqlite3_io_methods::xShmUnmap>,
    pass<&sqlite3_io_methods::xFetch>,
    pass<&sqlite3_io_methods::xUnfetch>,
};

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    auto* ours = new (file) File{{nullptr}, &diskOf(vfs)};
    sqlite3_file* real = realOf(file);
    real->pMethods = nullptr;
    const int answer = diskOf(vfs).real->xOpen(diskOf(vfs).real, name, real, flags, outFlags);
    ours->base.pMethods = real->pMethods ? &methods : nullptr;
    return answer;
}

int remove(sqlite3_vfs* vfs, const char* name, int syncFolder)
{
    FaultyDisk::State& disk = diskOf(vfs);
    return disk.isDown() ? SQLITE_IOERR_DELETE : disk.real->xDelete(disk.real, name, syncFolder);
}

} // namespace

FaultyDisk::FaultyDisk()
    : m_state(std::make_unique<State>())
{
    m_state->real = sqlite3_vfs_find(nullptr);
    m_state->vfs = *m_state->real;
    m_state->vfs.szOsFile = int(sizeof(File)) + m_state->real->szOsFile;
    m_state->vfs.zName = "faulty-disk";
    m_state->vfs.pNext = nullptr;
    m_state->vfs.pAppData = m_state.get();
    m_state->vfs.xOpen = open;
    m_state->vfs.xDelete = remove;
    sqlite3_vfs_register(&m_state->vfs, 1);
}

FaultyDisk::~FaultyDisk()
{
    sqlite3_vfs_unregister(&m_state->vfs);
}

void FaultyDisk::failAfter(int writes, Fault fault)
{
    m_state->fault = fault;
    m_state->writesLeft = writes;
}

} // namespace carillon::simulation
