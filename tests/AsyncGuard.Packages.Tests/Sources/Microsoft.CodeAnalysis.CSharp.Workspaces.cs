using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

class Uses
{
    static async Task Directly(SyntaxTree tree, Document document, Project project, Compilation compilation, Workspace workspace, string path, CancellationToken token)
    {
        var root = tree.GetRoot(token);
        var text = tree.GetText(token);
        var model = compilation.GetSemanticModel(tree);
        var other = await document.GetSyntaxRootAsync(token);
        var parsed = CSharpSyntaxTree.ParseText("class C;"); //? AGD0301
        var changed = workspace.TryApplyChanges(workspace.CurrentSolution);
        var built = project.GetCompilationAsync(token).Result; //! AGD0102
        var result = compilation.Emit(path, cancellationToken: token); //! AGD0104
    }

    static void Dropped(Document document, CancellationToken token)
    {
        document.GetTextAsync(token); //! AGD0201
    }
}
