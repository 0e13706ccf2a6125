// Scores with an exported graph through onnxruntime, and checks it against its golden rows.
//
//	go run . LIBONNXRUNTIME.SO exported/raw-graph
//
// The folder contains model.onnx, inputs.json (inputs in order, vocabularies) and golden.json.
package main

import (
	"encoding/json"
	"fmt"
	"log"
	"math"
	"os"
	"path/filepath"

	ort "github.com/yalue/onnxruntime_go"
)

type spec struct {
	Name  string `json:"name"`
	Type  string `json:"type"`
	Shape []any  `json:"shape"` // numbers, and names for free axes; the first is the rows
}

type description struct {
	Inputs []spec `json:"inputs"`
}

type goldenRow struct {
	Inputs   map[string]any `json:"inputs"`
	Expected struct {
		Probability float64 `json:"probability"`
	} `json:"expected"`
}

// padded turns rows of nested lists into one block. Free axes have the length of the longest list, at least 1; missing
// entries are fill.
func padded(rows []any, s spec, fill float64) ([]float64, ort.Shape) {
	shape := ort.NewShape(int64(len(rows)))
	lists := rows
	for _, size := range s.Shape[1:] {
		length, fixed := size.(float64)
		var inner []any
		for _, list := range lists {
			own := list.([]any)
			if !fixed {
				length = max(length, float64(len(own)), 1)
			}
			for _, value := range own {
				if _, nested := value.([]any); nested {
					inner = append(inner, value)
				}
			}
		}
		shape = append(shape, int64(length))
		lists = inner
	}
	data := make([]float64, shape.FlattenedSize())
	for i := range data {
		data[i] = fill
	}
	var put func(values []any, axis int, at int64)
	put = func(values []any, axis int, at int64) {
		for i, value := range values {
			place := at*shape[axis] + int64(i)
			switch v := value.(type) {
			case []any:
				put(v, axis+1, place)
			case float64:
				data[place] = v
			}
		}
	}
	put(rows, 0, 0)
	return data, shape
}

func tensorOf(s spec, golden []goldenRow) (ort.Value, error) {
	rows := make([]any, len(golden))
	for i, row := range golden {
		rows[i] = row.Inputs[s.Name]
	}
	switch s.Type {
	case "float64":
		data, shape := padded(rows, s, math.NaN())
		return ort.NewTensor(shape, data)
	case "float32":
		data, shape := padded(rows, s, math.NaN())
		return ort.NewTensor(shape, cast[float32](data))
	case "int64":
		data, shape := padded(rows, s, 0)
		return ort.NewTensor(shape, cast[int64](data))
	default:
		data, shape := padded(rows, s, 0)
		return ort.NewTensor(shape, cast[int32](data))
	}
}

func cast[T float32 | int64 | int32](data []float64) []T {
	out := make([]T, len(data))
	for i, value := range data {
		out[i] = T(value)
	}
	return out
}

func read(path string, into any) {
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, into)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	library, folder := os.Args[1], os.Args[2]
	var about description
	var golden []goldenRow
	read(filepath.Join(folder, "inputs.json"), &about)
	read(filepath.Join(folder, "golden.json"), &golden)

	ort.SetSharedLibraryPath(library)
	if err := ort.InitializeEnvironment(); err != nil {
		log.Fatal(err)
	}
	defer ort.DestroyEnvironment()
	var names []string
	var inputs []ort.Value
	for _, s := range about.Inputs {
		tensor, err := tensorOf(s, golden)
		if err != nil {
			log.Fatal(err)
		}
		defer tensor.Destroy()
		names = append(names, s.Name)
		inputs = append(inputs, tensor)
	}
	session, err := ort.NewDynamicAdvancedSession(filepath.Join(folder, "model.onnx"), names, []string{"probability"}, nil)
	if err != nil {
		log.Fatal(err)
	}
	defer session.Destroy()
	outputs := []ort.Value{nil}
	if err := session.Run(inputs, outputs); err != nil {
		log.Fatal(err)
	}
	defer outputs[0].Destroy()

	worst := 0.0
	for i, probability := range outputs[0].(*ort.Tensor[float32]).GetData() {
		worst = max(worst, math.Abs(float64(probability)-golden[i].Expected.Probability))
	}
	fmt.Printf("%d golden rows, probability off by at most %.1e\n", len(golden), worst)
	if !(worst <= 1e-5) {
		os.Exit(1)
	}
}
