import sharp from 'sharp'

/** A photo as we keep it: upright, in JPEG, without anything but the picture. */
export interface Picture {
  readonly jpeg: Buffer
  readonly width: number
  readonly height: number
  /** A JPEG of at most 480 pixels on its longer side. */
  readonly thumbnail: Buffer
}

/** These bytes are no photo. */
export class UnreadablePictureError extends Error {
  override readonly name = 'UnreadablePictureError'
}

/**
 * Turns what was received into what is kept: at most 2560 pixels on the longer side, turned upright as its metadata
 * says, and then without metadata, which may tell where somebody lives. Of an animation, the first picture.
 * @throws UnreadablePictureError
 */
export async function pictureIn(received: Buffer): Promise<Picture> {
  try {
    return await redrawn(received)
  } catch (cause) {
    throw new UnreadablePictureError('not a readable picture', { cause })
  }
}

/** What cameras and screens make; not SVG or PDF, which can refer to other files. */
const PHOTO_FORMATS = new Set(['jpeg', 'png', 'webp', 'gif', 'tiff', 'heif'])

async function redrawn(received: Buffer): Promise<Picture> {
  const { format } = await sharp(received).metadata()
  if (!PHOTO_FORMATS.has(format)) throw new TypeError(`${format} is no photo format`)

  const { data: jpeg, info } = await sharp(received, { failOn: 'error' })
    .autoOrient()
    .resize({ ...WITHIN, width: 2560, height: 2560 })
    .flatten({ background: 'white' })
    .jpeg({ quality: 82 })
    .toBuffer({ resolveWithObject: true })
  const thumbnail = await sharp(jpeg)
    .resize({ ...WITHIN, width: 480, height: 480 })
    .jpeg({ quality: 75 })
    .toBuffer()
  return { jpeg, width: info.width, height: info.height, thumbnail }
}

const WITHIN = { fit: 'inside', withoutEnlargement: true } as const
