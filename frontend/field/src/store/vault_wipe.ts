import { writeOnce } from './db'

export type WipeOptions = { endsSession: boolean }

export async function wipeVault(userId: string, _options: WipeOptions): Promise<void> {
  await writeOnce(['people'], async () => void userId)
}
