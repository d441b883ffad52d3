/** The model of the contenders that read no bundle: the same numbers, from `peer.bin` and `peer.json`. */

/**
 * @typedef {{ weight: Float32Array, bias: Float32Array, inputs: number, outputs: number }} Layer weight outputs × inputs
 * @typedef {{ layers: Layer[], user: Float32Array, table: Float32Array, width: number, steps: number, kappa: number,
 *   rate: number, ids: string[], position: Map<string, number> }} Peer `table` has a row of `width` numbers per id
 */

/** @param {string} folder ends with a slash @returns {Promise<Peer>} */
export async function read(folder) {
  const [described, bytes] = await Promise.all([
    fetch(`${folder}peer.json`).then((response) => response.json()),
    fetch(`${folder}peer.bin`).then((response) => response.arrayBuffer()),
  ]);
  const numbers = new Float32Array(bytes);
  let start = 0;
  const take = (count) => numbers.subarray(start, start += count);
  const layers = described.layers.map(({ inputs, outputs }) =>
    ({ inputs, outputs, weight: take(inputs * outputs), bias: take(outputs) }));
  const user = take(described.width);
  const position = new Map(described.ids.map((id, index) => [id, index]));
  return { ...described, layers, user, table: take(position.size * described.width), position };
}
