import type { Box } from './rows'

// The one place where personal content becomes what the store holds, and back.

export async function closeBox(value: unknown): Promise<Box> {
  return { plain: JSON.stringify(value) }
}

export async function openBox<T>(box: Box): Promise<T> {
  return JSON.parse(box.plain) as T
}
