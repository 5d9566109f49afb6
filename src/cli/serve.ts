/** `serve`: the same as `npm start`, also in how it ends. */
export async function serve(): Promise<number> {
  await import('../main.ts');
  return Number(process.exitCode ?? 0);
}
