/** Words that show what a question asks for. English. */
export const interrogativeWords = {
  person: 'who whose whom',
  time: 'when',
  place: 'where',
  reason: 'why how explain describe',
  thing: 'what which whats name',
};
export const auxiliaryWords =
  'is are was were do does did can could has have had will would should am may must isnt arent doesnt didnt';
export const numberNouns =
  'number amount percentage percent total sum product difference quotient remainder calculate compute evaluate count';
