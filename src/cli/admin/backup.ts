import { existsSync } from 'node:fs'
import { cp, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { LOCK_FILE, lockDataDirectory, makeDataDirectory } from '../../storage/data-directory.ts'
import { type Database, openDatabase } from '../../storage/database.ts'
import { countOf, damageOf } from '../../storage/health.ts'
import { AdminError, type Request, type Verb } from './verb.ts'

/** What makes a house, in a data directory and in a backup alike. */
const DATABASE = 'anbiao.db'
const EVIDENCE = 'evidence'

export const backupVerbs: readonly Verb[] = [
  {
    name: 'backup',
    usage: 'FILE',
    does: [
      'writes a consistent copy while AnBiao goes on working',
      `FILE becomes a folder with ${DATABASE} and the photos in ${EVIDENCE}/; it must not exist yet. Of a PostgreSQL`,
      'database only the photos are copied, first back it up with pg_dump. The settings (.env) are yours to keep.',
    ],
    options: [],
    subject: 'required',
    async run(request) {
      const target = outside(request, 'A backup')
      if (existsSync(target)) throw new AdminError(`${target} exists already: name a new one`)
      const written = await backedUp(request, target)
      return { lines: backupLines(target, written), json: { folder: target, ...written }, failed: written.missing > 0 }
    },
  },
  {
    name: 'restore',
    usage: 'FILE [--force]',
    does: [
      'puts a backup in the place of the data directory; stop AnBiao before',
      'A data directory that is not empty is refused. --force moves what is in it aside, into a folder in it.',
      'Of a PostgreSQL database only the photos are restored, first restore it with pg_restore.',
    ],
    options: ['force'],
    subject: 'required',
    async run(request) {
      const source = outside(request, 'What is restored')
      await checkBackup(request, source)
      makeDataDirectory(request.dataDir)
      const unlock = lockDataDirectory(request.dataDir, 'alone')
      const { aside, ...restored } = await putBack(request, source).finally(unlock)
      const note = aside ? [`What was there before is in ${aside}.`] : []
      return {
        lines: [...note, ...restoreLines(request.dataDir, restored)],
        json: { dataDir: request.dataDir, movedAside: aside ?? null, ...restored },
        failed: restored.missing > 0,
      }
    },
  },
]

/** The folder that is named, absolute. What is in the data directory is moved with it, and lost with it. */
function outside({ subject = '', dataDir }: Request, what: string): string {
  const folder = resolve(subject)
  const way = relative(dataDir, folder)
  if (way !== '' && (way === '..' || way.startsWith('../'))) return folder
  throw new AdminError(`${what} has to be outside the data directory ${dataDir}`)
}

interface Copied {
  readonly database: 'sqlite' | 'postgres'
  /** Photos and their thumbnails. */
  readonly files: number
  /** Photos on record whose file is not there. */
  readonly missing: number
}

/** Nothing is there under the name of the backup before it is whole. */
async function backedUp({ dataDir, database }: Request, target: string): Promise<Copied> {
  const opened = await database()
  const unfinished = `${target}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true })
  // A photo is on the disk before it is on record, and stays: copied after the database, none on record is left out.
  await opened.backup?.(join(unfinished, DATABASE))
  await copyEvidence(dataDir, unfinished)
  const copied = await verified(opened, unfinished)
  await rename(unfinished, target)
  return copied
}

/** The database opens, and every photo it knows of is there. */
async function verified(live: Database, folder: string): Promise<Copied> {
  if (live.dialect === 'postgres') return examined(live, folder)
  const copy = await openDatabase(join(folder, DATABASE))
  try {
    return await examined(copy, folder)
  } finally {
    await copy.close()
  }
}

async function examined({ dialect, db }: Database, folder: string): Promise<Copied> {
  const files = await filesIn(join(folder, EVIDENCE))
  const stored = await db.selectFrom('evidence').select(['file', 'thumbnail']).where('state', '=', 'stored').execute()
  const missing = stored.filter(({ file, thumbnail }) => !files.has(file ?? '') || !files.has(thumbnail ?? ''))
  return { database: dialect, files: files.size, missing: missing.length }
}

const copyEvidence = async (from: string, to: string) => {
  await mkdir(join(to, EVIDENCE), { recursive: true })
  if (!existsSync(join(from, EVIDENCE))) return
  const isWhole = (file: string) => !file.endsWith('.tmp')
  await cp(join(from, EVIDENCE), join(to, EVIDENCE), { recursive: true, filter: isWhole })
}

async function filesIn(folder: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Set(files.map((file) => file.slice(folder.length + 1).replaceAll('\\', '/')))
}

const missingLines = (missing: number) =>
  missing > 0 ? [`Photos on record whose file is missing: ${missing}. Look for them in an earlier backup.`] : []

const backupLines = (target: string, { database, files, missing }: Copied) => [
  database === 'sqlite'
    ? `Backed up to ${target}: the database and ${files} files of photos.`
    : `Backed up to ${target}: ${files} files of photos. The database is PostgreSQL: back it up with pg_dump.`,
  ...missingLines(missing),
]

async function checkBackup({ config, dataDir, options }: Request, source: string): Promise<void> {
  const isPostgres = config.DATABASE_URL !== undefined
  if (!(await isFolder(join(source, EVIDENCE))) || (!isPostgres && !existsSync(join(source, DATABASE))))
    throw new AdminError(`${source} is no backup: it has no ${isPostgres ? '' : `${DATABASE} or no `}${EVIDENCE}/`)
  if (!options.force && (await entriesIn(dataDir)).length > 0)
    throw new AdminError(`${dataDir} is not empty; --force moves what is in it aside`)
}

const isFolder = async (path: string) => existsSync(path) && (await stat(path)).isDirectory()

/** But for what earlier restores have moved aside or left behind. */
const entriesIn = async (folder: string) =>
  existsSync(folder)
    ? (await readdir(folder)).filter((entry) => ![LOCK_FILE, UNFINISHED].includes(entry) && !entry.startsWith(ASIDE))
    : []

const ASIDE = 'before-restore-'

/** In the data directory, so that it is on the same disk and only needs to be renamed. */
const UNFINISHED = 'restore.unfinished'

/** Nothing is deleted. */
async function clearedAway(dataDir: string): Promise<string | undefined> {
  const entries = await entriesIn(dataDir)
  if (entries.length === 0) return undefined
  const aside = join(dataDir, `${ASIDE}${new Date().toISOString().replace(/[:.]/g, '-')}`)
  await mkdir(aside)
  for (const entry of entries) await rename(join(dataDir, entry), join(aside, entry))
  return aside
}

interface Restored extends Copied {
  /** Messages that will be sent when AnBiao starts; some may have been sent after the backup. */
  readonly waiting: number
  /** Where that is which was there before. */
  readonly aside: string | undefined
}

/** What is there gives way only to a copy that is whole. */
async function putBack({ config, dataDir, database }: Request, source: string): Promise<Restored> {
  const unfinished = join(dataDir, UNFINISHED)
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished)
  try {
    await copyEvidence(source, unfinished)
    if (config.DATABASE_URL === undefined) await cp(join(source, DATABASE), join(unfinished, DATABASE))
    const copied =
      config.DATABASE_URL === undefined
        ? await examinedCopy(source, unfinished)
        : await counted(await database(), unfinished)
    const aside = await clearedAway(dataDir)
    for (const entry of await readdir(unfinished)) await rename(join(unfinished, entry), join(dataDir, entry))
    return { ...copied, aside }
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
}

/** @throws AdminError when its database is damaged */
async function examinedCopy(source: string, folder: string) {
  const damaged = (what: unknown) =>
    new AdminError(`${join(source, DATABASE)} is damaged, nothing was restored: ${what}`)
  const copy = await openDatabase(join(folder, DATABASE)).catch((error: unknown) => {
    throw damaged(error instanceof Error ? error.message : error)
  })
  try {
    const damage = await damageOf(copy)
    if (damage !== undefined) throw damaged(damage)
    return await counted(copy, folder)
  } finally {
    await copy.close()
  }
}

async function counted(database: Database, folder: string) {
  return { ...(await examined(database, folder)), waiting: await countOf(database.db, 'outbox waiting') }
}

const restoreLines = (dataDir: string, { database, files, missing, waiting }: Omit<Restored, 'aside'>) => [
  database === 'sqlite'
    ? `Restored to ${dataDir}: the database and ${files} files of photos.`
    : `Restored to ${dataDir}: ${files} files of photos. The database is PostgreSQL: restore it with pg_restore.`,
  ...(waiting > 0
    ? [`Messages that wait to be sent: ${waiting}. What was sent after the backup will be sent once more.`]
    : []),
  ...missingLines(missing),
]
