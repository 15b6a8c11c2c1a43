import { randomUUID } from 'node:crypto'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Picture } from './picture.ts'

/** Both relative to the evidence folder. */
export interface PictureFiles {
  readonly file: string
  readonly thumbnail: string
}

/** Writes both files of a picture to the disk. The same picture always gets the same names. */
export async function savePicture(folder: string, sha256: string, picture: Picture): Promise<PictureFiles> {
  const name = `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`
  const files = { file: `${name}.jpg`, thumbnail: `${name}.480.jpg` }
  await writeWhole(join(folder, files.thumbnail), picture.thumbnail)
  await writeWhole(join(folder, files.file), picture.jpeg)
  return files
}

/** Afterwards the file is there whole and stays, even if the power fails now; before, there was none of that name. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  const unfinished = `${path}.${randomUUID()}.tmp`
  const file = await open(unfinished, 'wx')
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(unfinished, path)
  await syncFolder(dirname(path))
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
