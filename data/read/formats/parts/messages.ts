import { createHash } from 'node:crypto';
import { append } from '../../../../support/append.js';
import { boundedJson } from '../../json/bounded-json.js';
import { type Fields, objectOf } from '../../table/fields.js';

/**
 * A turn of the conversation in the form of the record. `media` names images, audio and files by their address, or by a
 * hash of their content.
 */
export interface Turn {
  role: string;
  content: string | null;
  media?: string[];
}

/** The value as a list: itself, or parsed if it is JSON text; null if it is not a list. */
export function listOf(value: unknown): unknown[] | null {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'string' || !/^\s*\[/.test(value)) return null;
  try {
    const parsed: unknown = boundedJson(value);
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** Turns from a list of messages in the form of the common APIs; null if there is no list. */
export function turnsOf(value: unknown): Turn[] | null {
  const messages = listOf(value);
  if (messages === null) return null;
  return messages.map((item) => {
    const message = objectOf(item) ?? {};
    const role = typeof message.role === 'string' ? message.role : 'user';
    const { text, media } = contentOf(message.content ?? message.parts);
    if (Array.isArray(message.images))
      append(
        media,
        message.images.flatMap((image) => mediaOf({ source: image })),
      );
    return { role, content: text, ...(media.length > 0 ? { media } : {}) };
  });
}

/** The content of a message: a text, or a list of parts whose texts are joined. `text` is null if there is none. */
export function contentOf(content: unknown): { text: string | null; media: string[] } {
  if (typeof content === 'string') return { text: content, media: [] };
  const parts = Array.isArray(content) ? content : content == null ? [] : [content];
  let text: string | null = null;
  const media: string[] = [];
  for (const part of parts) {
    if (typeof part === 'string') text = (text ?? '') + part;
    else {
      const said = textOf(objectOf(part) ?? {});
      if (said !== null) text = (text ?? '') + said;
      else append(media, mediaOf(objectOf(part) ?? {}));
    }
  }
  return { text, media };
}

/**
 * The text of a part: {type: text | input_text | output_text, text}, or OpenTelemetry's {type: text, content}. A
 * model's thoughts are not text of its message.
 */
function textOf(part: Fields): string | null {
  if (part.type === 'thinking' || part.type === 'reasoning') return null;
  if (typeof part.text === 'string') return part.text;
  return part.type === 'text' && typeof part.content === 'string' ? part.content : null;
}

/** The addresses or contents of images, audio and files in a part. */
function mediaOf(part: Fields): string[] {
  const { image_url: image, video_url: video, input_audio: audio, file, source, inlineData, fileData } = part;
  const { file_id: id, file_url: url, file_data: data } = part;
  const held = [image, video, audio, file, source, inlineData, fileData, id, url, data].find((value) => value != null);
  const inner = objectOf(held);
  const address =
    inner === null ? held : (inner.url ?? inner.data ?? inner.file_id ?? inner.fileUri ?? inner.file_data);
  return typeof address === 'string' ? [nameOf(address)] : [];
}

/** A short address as it is; contents and long addresses by their hash. */
function nameOf(address: string): string {
  if (address.length <= 200 && /^[a-z]+:\/\//i.test(address)) return address;
  return `sha256:${createHash('sha256').update(address).digest('hex').slice(0, 32)}`;
}
