/** `serve`: the same as `npm start`. */
export async function serve(): Promise<number> {
  await import('../main.ts');
  return 0;
}
