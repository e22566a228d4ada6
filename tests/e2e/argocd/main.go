// How Argo CD uses a kustomization: its own package util/kustomize, called as its repo server calls it.
//
//	argocd CASES KUSTOMIZE [EXPECTED]
//
// The program KUSTOMIZE builds each case of the file CASES in a copy of its tree. The resources, images, and commands are
// printed, or compared with EXPECTED; the last line is then `N passed, M failed, K skipped`.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/util/git"
	"github.com/argoproj/argo-cd/v3/util/kustomize"
	"github.com/sirupsen/logrus"
	"sigs.k8s.io/yaml"
)

type suite struct {
	// Trees: the files of each tree, by path. @REMOTE@ in a file is the URL of a repository with the tree `remote`.
	// Any other tree is a directory below the current one.
	Trees map[string]map[string]string `json:"trees"`
	Cases []testCase                   `json:"cases"`
}

type testCase struct {
	Name string `json:"name"`
	Tree string `json:"tree"`
	// Path: the application's path in the tree.
	Path string `json:"path"`
	// Source: the fields below `source.kustomize` in an Application.
	Source       *v1alpha1.ApplicationSourceKustomize `json:"source"`
	BuildOptions string                               `json:"buildOptions"`
	Environment  map[string]string                    `json:"environment"`
	KubeVersion  string                               `json:"kubeVersion"`
	APIVersions  []string                             `json:"apiVersions"`
	// Helm: the case runs helm, and is skipped without it.
	Helm bool `json:"helm"`
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "argocd:", err)
		os.Exit(2)
	}
}

func writeTree(folder string, files map[string]string, remote string) {
	for path, content := range files {
		path = filepath.Join(folder, path)
		check(os.MkdirAll(filepath.Dir(path), 0o755))
		check(os.WriteFile(path, []byte(strings.ReplaceAll(content, "@REMOTE@", remote)), 0o644))
	}
}

// makeRemote creates a repository with one commit and returns its URL.
func makeRemote(folder string, files map[string]string) string {
	check(os.MkdirAll(folder, 0o755))
	writeTree(folder, files, "")
	for _, words := range [][]string{
		{"init", "--quiet", "--initial-branch=main"},
		{"add", "."},
		{"-c", "user.name=kiln", "-c", "user.email=kiln@example.com", "commit", "--quiet", "--message=one"},
	} {
		command := exec.Command("git", words...)
		command.Dir = folder
		command.Stderr = os.Stderr
		check(command.Run())
	}
	return "file://" + folder
}

// comparable replaces the names of the program and the tree, and sorts what Argo CD took from a map.
func comparable(command, binary, folder string) string {
	command = strings.ReplaceAll(command, folder, ".")
	command = strings.Replace(command, binary, "kustomize", 1)
	words := strings.Split(command, " ")
	if len(words) > 4 && words[1] == "edit" && words[2] == "add" && words[3] != "component" {
		sort.Strings(words[4:])
	}
	return strings.Join(words, " ")
}

func copyTree(c testCase, s *suite, folder, remote string) {
	check(os.RemoveAll(folder))
	if files, found := s.Trees[c.Tree]; found {
		writeTree(folder, files, remote)
	} else {
		check(os.CopyFS(folder, os.DirFS(c.Tree)))
	}
}

func build(c testCase, folder, binary string) string {
	var environment v1alpha1.Env
	for name, value := range c.Environment {
		environment = append(environment, &v1alpha1.EnvEntry{Name: name, Value: value})
	}
	app := kustomize.NewKustomizeApp(folder, filepath.Join(folder, c.Path), git.NopCreds{}, "", binary, "", "")
	objects, images, commands, err := app.Build(c.Source, &v1alpha1.KustomizeOptions{BuildOptions: c.BuildOptions},
		&environment, &kustomize.BuildOpts{KubeVersion: c.KubeVersion, APIVersions: c.APIVersions})

	result := map[string]any{"case": c.Name, "fails": err != nil}
	if err != nil {
		// The messages of the two programs differ.
		if os.Getenv("VERBOSE") != "" {
			fmt.Fprintf(os.Stderr, "%s: %v\n", c.Name, err)
		}
	} else {
		list := []any{}
		for _, object := range objects {
			list = append(list, object.Object)
		}
		for i := range commands {
			commands[i] = comparable(commands[i], binary, folder)
		}
		result["objects"], result["images"], result["commands"] = list, images, commands
	}
	text, err := yaml.Marshal(result)
	check(err)
	return string(text)
}

const separator = "---\n"

// compare reports whether two results are the same, and prints the difference.
func compare(work, name, expected, found string) bool {
	if expected == found {
		return true
	}
	fmt.Printf("FAILED %s\n", name)
	check(os.WriteFile(filepath.Join(work, "expected"), []byte(expected), 0o644))
	check(os.WriteFile(filepath.Join(work, "found"), []byte(found), 0o644))
	command := exec.Command("diff", "-u", "expected", "found")
	command.Dir, command.Stdout, command.Stderr = work, os.Stdout, os.Stderr
	_ = command.Run()
	return false
}

func readResults(path string) map[string]string {
	text, err := os.ReadFile(path)
	check(err)
	results := map[string]string{}
	for _, result := range strings.Split(string(text), "\n"+separator) {
		result = strings.TrimSuffix(strings.TrimPrefix(result, separator), "\n") + "\n"
		var named struct {
			Case string `json:"case"`
		}
		check(yaml.Unmarshal([]byte(result), &named))
		results[named.Case] = result
	}
	return results
}

func main() {
	if len(os.Args) != 3 && len(os.Args) != 4 {
		check(errors.New("usage: argocd CASES KUSTOMIZE [EXPECTED]"))
	}
	logrus.SetLevel(logrus.FatalLevel)
	binary := os.Args[2]
	text, err := os.ReadFile(os.Args[1])
	check(err)
	var s suite
	check(yaml.UnmarshalStrict(text, &s))
	var expected map[string]string
	if len(os.Args) == 4 {
		expected = readResults(os.Args[3])
	}
	work, err := os.MkdirTemp("", "kiln-argocd-")
	check(err)
	remote := makeRemote(filepath.Join(work, "remote"), s.Trees["remote"])
	_, err = exec.LookPath("helm")
	helm := err == nil
	passed, failed, skipped := 0, 0, 0
	for _, c := range s.Cases {
		if c.Helm && !helm {
			skipped++
			continue
		}
		folder := filepath.Join(work, "tree")
		copyTree(c, &s, folder, remote)
		found := build(c, folder, binary)
		switch {
		case expected == nil:
			fmt.Print(separator, found)
		case compare(work, c.Name, expected[c.Name], found):
			passed++
		default:
			failed++
		}
	}
	check(os.RemoveAll(work))
	if expected != nil {
		fmt.Printf("%d passed, %d failed, %d skipped\n", passed, failed, skipped)
	}
	if failed > 0 {
		os.Exit(1)
	}
}
