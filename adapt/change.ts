/**
 * How a bundle is changed to fit new answers, from the smallest change on. `threshold`: the predictor stays, only its
 * promises are certified again. `calibrator`: the level and slope of the logit, and the calibrator. `adapt`: also weights
 * on the inputs, and the signals of the new answers.
 */
export type Change = 'threshold' | 'calibrator' | 'adapt';
