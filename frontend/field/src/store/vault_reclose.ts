export async function closeWhatIsPlain(userId: string): Promise<void> {
  void userId
}
